import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("What a command answers")
struct OutcomeRegressionTests {
  private func profiles(_ files: MemoryFileSystem) -> Profiles {
    Profiles(root: "/journals", system: JournalSystem(fileSystem: files, clock: ManualClock()))
  }

  @Test("The state is the one right after the command, though others are behind it by then")
  func othersBehind() throws {
    let acme = try JournalName("acme")
    let files = MemoryFileSystem()
    let others = MemoryFileSystem(on: files.disk)
    _ = try profiles(files).perform(.create(fields: [:]), on: acme)
    var step = 0
    files.onOperation = { operation in
      if step == 0, operation.kind == .append {
        // Debris comes between, so that the writer must look for its lines.
        step = 1
        let folder = try? others.journalFolder("acme", in: "/journals")
        let file = try? folder?.openForAppending("00000000000000000001.ndjson")
        _ = try? file?.append(Array("debris\n".utf8))
      } else if step == 1, operation.kind == .read {
        step = 2
        _ = try? profiles(others).perform(.update(set: ["b": 2]), on: acme)
      }
    }
    let outcome = try profiles(files).perform(.update(set: ["a": 1]), on: acme)
    #expect(step == 2)
    #expect(outcome.state.fields == ["a": 1])
    #expect(outcome.receipt.head.seq == 3)
    #expect(try profiles(others).replay(acme).state.fields == ["a": 1, "b": 2])
  }
}
