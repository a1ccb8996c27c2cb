import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A request that fails after it was folded")
struct FailedHalfwayTests {
  private struct Steps: Projection {
    static let name = "steps"
    var tags: [String] = []

    mutating func apply(_ event: String, from entry: Entry) throws {
      // Half of the change is made before it is refused.
      tags.append(event)
      if event == "bad" { throw Violation("bad") }
    }

    static func encode(_ event: String) -> RecordedEvent { RecordedEvent(type: event) }
    static func decode(_ recorded: RecordedEvent) -> String? { recorded.type }
  }

  @Test("leaves nothing of itself in the state, however many fail", arguments: 0..<16)
  func halfway(_ pattern: Int) throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Steps.self)
    var seen: [[String]] = []
    var expected: [String] = []
    let requests = (0..<8).map { index in
      let fails = pattern >> (index % 4) & 1 == 1
      let events = fails ? ["part\(index)", "bad"] : ["tag\(index)"]
      if !fails { expected.append("tag\(index)") }
      return AppendRequest<Steps>(by: nil, id: nil) { state in
        seen.append(state.tags)
        return events
      }
    }
    writer.commit(requests)
    #expect(writer.state.tags == expected)
    #expect(seen.allSatisfy { Array(expected.prefix($0.count)) == $0 })
    #expect(
      try requests.map { try #require($0.outcome) }.map { (try? $0.get()) != nil }
        == (0..<8).map { pattern >> ($0 % 4) & 1 == 0 })
    let again = try journal.writer(Steps.self)
    #expect(again.state.tags == expected)
  }
}
