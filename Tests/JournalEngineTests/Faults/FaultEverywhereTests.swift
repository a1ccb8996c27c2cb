import JournalEngine
import JournalTestSupport
import Testing

/// Each call on the files fails once, at each place and in each way: whatever the caller is told
/// must be true of the bytes, and everything works once the fault is gone.
@Suite("A fault at any call")
struct FaultEverywhereTests {
  @Test("of a writer", arguments: FaultWorkload.writing)
  func writing(_ workload: FaultWorkload) throws {
    try eachFault(of: workload) { run, kind in
      try run.checkErrors(kind)
      try run.checkAnswers()
      try run.checkNothingFollowsAFailedSync()
      try run.checkTheSameHandle()
      run.writer = nil
      try run.checkNothingIsLeftOpen()
      try run.checkTheNextHandle()
    }
  }

  @Test("of a reader", arguments: FaultWorkload.reading)
  func reading(_ workload: FaultWorkload) throws {
    let sound = try FaultRun(workload)
    workload.work(sound)
    try eachFault(of: workload) { run, kind in
      try run.checkErrors(kind)
      // A snapshot that cannot be read is done without.
      let mustTell = kind.fails && run.failed?.path.hasSuffix("snapshot.json") == false
      try Violation.unless(!mustTell || !run.errors.isEmpty, "nothing was told")
      try Violation.unless(
        run.errors.isEmpty == (run.findings == sound.findings), "found: \(run.findings)")
      try run.checkNothingIsLeftOpen()
      workload.work(run)
      try Violation.unless(run.findings.last == sound.findings.last, "the next: \(run.findings)")
    }
  }

  /// Runs a workload once for each call that it makes, and each way in which that can go wrong.
  private func eachFault(
    of workload: FaultWorkload, _ check: (FaultRun, FaultKind) throws -> Void
  ) throws {
    let sound = try FaultRun(workload)
    workload.work(sound)
    try #require(sound.errors.isEmpty, "\(sound.errors)")
    for (index, operation) in sound.system.log.enumerated() {
      for kind in FaultKind.all(for: operation.kind, at: index) {
        let run = try FaultRun(workload, fault: (index, kind))
        workload.work(run)
        do {
          try check(run, kind)
        } catch {
          Issue.record("call \(index), \(operation.kind) \(operation.path), \(kind): \(error)")
        }
      }
    }
  }
}
