import JournalEngine
import JournalTestSupport
import Testing

@Suite("A disk whose syncs are lies")
struct LyingDiskTests {
  @Test(
    "is seen to lose what was acknowledged",
    arguments: [Operation.Kind.syncData, .syncNames])
  func lies(_ kind: Operation.Kind) throws {
    let workload = Workload("appends to a disk that lies") { run, _ in
      let process = run.process()
      process.chooseFault = { $0.kind == kind ? .ignored : nil }
      let writer = try run.open(process)
      try writer.append("a")
      try writer.append("b")
    }
    var explorer = CrashExplorer(workload, seed: 1)
    #expect(throws: Violation.self) { try explorer.explore(budget: 200) }
  }
}
