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

  @Test("that code themselves come back as they were, whatever they look like")
  func ownCoding() throws {
    let values: [Free.Value] = [
      .number(1), .object([:]), .object(["value": .number(1)]), .object(["a": .number(1)]),
      .object(["value": .object(["value": .number(2)])]), .object(["value": .list([])]),
      .object(["a": .object([:])]), .list([.number(1), .object(["value": .list([])])]),
    ]
    for value in values { #expect(try Free.decode(Free.encode(value)) == value, "\(value)") }
    let lone = try Lones.encode(Lones.Lone(value: 3))
    #expect(try Lones.decode(lone) == Lones.Lone(value: 3))
    // As it was recorded before.
    #expect(try Lones.decode(RecordedEvent(type: "Lone", data: ["value": 3])) == .init(value: 3))
  }

  @Test("may have a case of their own name")
  func ownName() throws {
    for event in [Named.Same.same(x: 1), .other] {
      #expect(try Named.decode(Named.encode(event)) == event)
    }
  }

  @Test("that make no line are refused as any other event")
  func refused() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Free.self, options: WriteOptions(snapshots: .never))
    var deep = Free.Value.number(1)
    for _ in 0..<200 { deep = .list([deep]) }
    for event in [deep, .list(Array(repeating: .number(123_456), count: 200_000))] {
      let error = #expect(throws: JournalError.self) { try writer.append(event) }
      #expect(error?.code == .invalidEvent, "\(String(describing: error))")
    }
    try writer.append(.number(1))
    #expect(writer.head.seq == 2)
  }

  /// Any JSON, as it stands.
  private struct Free: Projection {
    enum Value: Codable, Hashable {
      case number(Int)
      case list([Value])
      case object([String: Value])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
          self = .number(number)
        } else if let list = try? container.decode([Value].self) {
          self = .list(list)
        } else {
          self = .object(try container.decode([String: Value].self))
        }
      }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
      }
    }

    static let name = "free"
    mutating func apply(_ event: Value, from entry: Entry) {}
  }

  private struct Lones: Projection {
    struct Lone: Codable, Equatable { var value: Int }

    static let name = "lones"
    mutating func apply(_ event: Lone, from entry: Entry) {}
  }

  private struct Named: Projection {
    enum Same: Codable, Equatable {
      case same(x: Int)
      case other

      enum CodingKeys: String, CodingKey {
        case same = "Same"
        case other
      }
    }

    static let name = "named"
    mutating func apply(_ event: Same, from entry: Entry) {}
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
