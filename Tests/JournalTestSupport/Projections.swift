package import JournalEngine

/// Keeps every tag in order: the plainest state that shows what was folded, and how often.
package struct Tally: NotesTags, Equatable {
  package struct Event: Sendable, Equatable {
    package let tag: String

    package init(_ tag: String) { self.tag = tag }
  }

  package static let name = "tally"
  /// The type under which its events are recorded.
  package static let type = "tag.counted"

  package var noted = NotedTags()

  package init() {}

  package mutating func apply(_ event: Event, from entry: Entry) throws {
    noted.add(event.tag, entry)
  }

  package static func encode(_ event: Event) -> RecordedEvent {
    RecordedEvent(type: type, data: ["tag": .string(event.tag)])
  }

  package static func decode(_ recorded: RecordedEvent) throws -> Event? {
    guard recorded.type == type else { return nil }
    guard let tag = recorded.data["tag"]?.string else { throw MissingTag() }
    return Event(tag)
  }

  package func snapshot() -> JSON? { .object(noted.members) }

  package init(snapshot: JSON, version: Int) throws {
    guard let noted = NotedTags(snapshot) else { throw MissingTag() }
    self.noted = noted
  }

  package struct MissingTag: Error {}

  package static func == (a: Tally, b: Tally) -> Bool { a.tags == b.tags && a.seqs == b.seqs }
}

/// An account whose balance is never below zero: a state that refuses events.
package struct Ledger: Projection, Equatable {
  package enum Event: Codable, Sendable {
    case deposited(cents: Int)
    case withdrawn(cents: Int)
  }

  package struct Overdrawn: Error, Equatable {
    package let balance: Int
    package init(balance: Int) { self.balance = balance }
  }

  package static let name = "ledger"

  package private(set) var balance = 0

  package init() {}

  package mutating func apply(_ event: Event, from entry: Entry) throws {
    switch event {
    case .deposited(let cents): balance += cents
    case .withdrawn(let cents):
      balance -= cents
      if balance < 0 { throw Overdrawn(balance: balance) }
    }
  }
}

/// Records whatever event it is given, as it is, and keeps nothing.
package struct Recorder: Projection {
  package static let name = "recorder"

  package init() {}
  package mutating func apply(_ event: RecordedEvent, from entry: Entry) {}
  package static func encode(_ event: RecordedEvent) -> RecordedEvent { event }
  package static func decode(_ recorded: RecordedEvent) -> RecordedEvent? { recorded }
}
