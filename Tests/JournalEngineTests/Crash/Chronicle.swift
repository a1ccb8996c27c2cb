import JournalEngine
import JournalTestSupport

/// Keeps all tags in order, and the last line that it took: a state that shows what it rests on.
struct Chronicle: NotesTags, Equatable {
  struct Event: Sendable {
    let tag: String
  }

  static let name = "chronicle"
  static let type = "tag.noted"

  var noted = NotedTags()
  private(set) var last = Head.none

  init() {}

  func snapshot() -> JSON? {
    var members = noted.members
    members["last"] = .string(last.description)
    return .object(members)
  }

  init(snapshot: JSON, version: Int) throws {
    guard let noted = NotedTags(snapshot),
      let last = snapshot["last"]?.string.flatMap({ Head($0) })
    else { throw Violation("the snapshot holds \(snapshot)") }
    self.noted = noted
    self.last = last
  }

  static func == (a: Chronicle, b: Chronicle) -> Bool { a.tags == b.tags && a.last == b.last }

  mutating func apply(_ event: Event, from entry: Entry) {
    noted.add(event.tag, entry)
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
