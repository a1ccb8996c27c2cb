import Foundation
import JournalTestSupport
import Synchronization
import Testing

/// The power fails after every change that a workload makes to the disk; what the disk has kept of
/// what was not synced is a matter of chance, and so many of the ways that it can be are tried.
///
/// `DAYBOOK_CRASH_STATES` sets how many states are tried in all, `DAYBOOK_SEED` the first seed.
@Suite("A power failure")
struct CrashTests {
  /// In one round over all workloads.
  private static let usual = 22_000
  private static let tried = Mutex(0)

  @Test(
    "at any point leaves all that was acknowledged, nothing made up, and a journal that goes on",
    arguments: Workload.all)
  func anywhere(_ workload: Workload) async throws {
    let wanted =
      ProcessInfo.processInfo.environment["DAYBOOK_CRASH_STATES"].flatMap { Int($0) } ?? Self.usual
    let all = Workload.all.reduce(0) { $0 + $1.weight }
    let budget = min(wanted, Self.usual) * workload.weight / all
    try await Property.check("power failure in \(workload)", rounds: wanted / Self.usual) { seed in
      var explorer = CrashExplorer(workload, seed: seed)
      try explorer.explore(budget: budget)
      let (states, points) = (explorer.states, explorer.points)
      let all = Self.tried.withLock { all in
        all += states
        return all
      }
      let text = "\(states) states of \(points) moments, \(all) in all\n"
      try FileHandle.standardError.write(
        contentsOf: Data("power failure in \(workload): \(text)".utf8))
    }
  }

  @Test("is tried while tables are written and merged")
  func tables() throws {
    for workload in Workload.settling {
      let run = try CrashRun(options: workload.options, seed: 1)
      defer { run.end() }
      try workload.body(run, 0)
      let written = run.disk.history.changes.filter { "\($0)".hasSuffix(".table") }
      #expect(written.count > 1, "\(workload)")
    }
  }
}
