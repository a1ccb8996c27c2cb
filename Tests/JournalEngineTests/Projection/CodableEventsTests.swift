import JournalEngine
import JournalTestSupport
import Testing

@Suite("Events that are Codable")
struct CodableEventsTests {
  @Test("are recorded by their case, and read back")
  func cases() throws {
    let recorded = try Ledger.encode(.deposited(cents: 5))
    #expect(recorded == RecordedEvent(type: "deposited", data: ["cents": .number(JSONNumber(5))]))
    guard case .deposited(cents: 5) = try Ledger.decode(recorded) else {
      throw Violation("\(recorded) is not read back")
    }
  }

  @Test("of a case that there is not are passed over")
  func unknown() throws {
    #expect(try Ledger.decode(RecordedEvent(type: "renamed", data: ["cents": .null])) == nil)
  }

  @Test("of a case whose fields are others are errors")
  func wrongFields() {
    #expect(throws: (any Error).self) {
      try Ledger.decode(RecordedEvent(type: "deposited", data: ["cents": .string("5")]))
    }
    #expect(throws: (any Error).self) { try Ledger.decode(RecordedEvent(type: "deposited")) }
  }

  @Test("that are no enum stand under their type's name, and what is no object as value")
  func others() throws {
    let recorded = try Numbers.encode(7)
    #expect(recorded == RecordedEvent(type: "Int", data: ["value": .number(JSONNumber(7))]))
    #expect(try Numbers.decode(recorded) == 7)
    let pair = try Pairs.encode(Pairs.Pair(a: 1, b: "x"))
    #expect(pair.type == "Pair" && pair.data["b"]?.string == "x")
    #expect(try Pairs.decode(pair) == Pairs.Pair(a: 1, b: "x"))
    #expect(try Pairs.decode(RecordedEvent(type: "other", data: ["a": .null])) == nil)
  }

  @Test("go through a journal and come back as they were")
  func journal() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Ledger.self)
    try writer.append(.deposited(cents: 7), .withdrawn(cents: 3))
    #expect(try journal.entries().map(\.type) == ["journal.opened", "deposited", "withdrawn"])
    #expect(try journal.reader().replay(Ledger.self).state.balance == 4)
  }

  private struct Numbers: Projection {
    static let name = "numbers"
    mutating func apply(_ event: Int, from entry: Entry) {}
  }

  private struct Pairs: Projection {
    struct Pair: Codable, Equatable {
      var a: Int
      var b: String
    }

    static let name = "pairs"
    mutating func apply(_ event: Pair, from entry: Entry) {}
  }
}
