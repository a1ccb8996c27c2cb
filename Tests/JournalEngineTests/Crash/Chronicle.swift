import JournalEngine
import JournalTestSupport

/// Keeps all tags in order, and the last line that it took: a state that shows what it rests on.
struct Chronicle: Projection, Equatable {
  struct Event: Sendable {
    let tag: String
  }

  static let name = "chronicle"
  static let type = "tag.noted"

  private(set) var tags: [String] = []
  private(set) var last = Head.none

  init() {}

  func snapshot() -> JSON? {
    ["tags": .array(tags.map(JSON.string)), "last": .string(last.description)]
  }

  init(snapshot: JSON, version: Int) throws {
    guard let tags = snapshot["tags"]?.array,
      let last = snapshot["last"]?.string.flatMap({ Head($0) })
    else { throw Violation("the snapshot holds \(snapshot)") }
    self.tags = tags.compactMap(\.string)
    self.last = last
  }

  mutating func apply(_ event: Event, from entry: Entry) {
    tags.append(event.tag)
    last = Head(seq: entry.seq, hash: entry.hash)
  }

  // The tag is the subject, so that no JSON is read.
  static func encode(_ event: Event) -> RecordedEvent {
    RecordedEvent(type: type, subject: event.tag)
  }

  static func decode(_ recorded: RecordedEvent) -> Event? {
    guard recorded.type == type, let tag = recorded.subject else { return nil }
    return Event(tag: tag)
  }
}
