import JournalEngine
import JournalTestSupport
import Testing

@Suite("What cannot be recorded writes nothing")
struct InvalidEventTests {
  private func refusal(_ event: RecordedEvent, id: String? = nil) throws -> JournalError.Code? {
    let journal = try TestJournal()
    let writer = try journal.writer(Recorder.self)
    try writer.append(RecordedEvent(type: "t"))
    let before = journal.bytes()
    do {
      try writer.append(event, id: id)
      return nil
    } catch let error as JournalError {
      #expect(journal.bytes() == before)
      try writer.append(RecordedEvent(type: "t"))
      #expect(writer.head.seq == 3, "and the writer goes on")
      return error.code
    }
  }

  private func nested(_ depth: Int) -> JSONObject {
    var value = JSON.null
    for _ in 1..<depth { value = .array([value]) }
    return ["a": value]
  }

  @Test("A type of the engine's own", arguments: LineFormat.engineTypes)
  func reserved(_ type: String) throws {
    #expect(try refusal(RecordedEvent(type: type)) == .invalidEvent)
  }

  @Test("An event without a type")
  func empty() throws {
    #expect(try refusal(RecordedEvent(type: "")) == .invalidEvent)
  }

  @Test("Fields that nest deeper than can be read back")
  func deep() throws {
    #expect(try refusal(RecordedEvent(type: "t", data: nested(129))) == .invalidEvent)
    let journal = try TestJournal()
    let writer = try journal.writer(Recorder.self)
    try writer.append(RecordedEvent(type: "t", data: nested(128)))
    let entry = try #require(try journal.entries().last)
    #expect(try entry.object() == nested(128))
  }

  @Test("Text of fields that nests deeper than can be read back, or names something twice")
  func deepText() throws {
    func text(_ depth: Int) -> [UInt8] {
      let inside = #""[{\"["#
      return Array(
        (#"{"a":"# + String(repeating: "[", count: depth - 1) + inside
          + #"""# + String(repeating: "]", count: depth - 1) + "}").utf8)
    }
    #expect(try RecordedText(type: "t", data: text(128)).data == text(128))
    for data in [text(129), Array(repeating: UInt8(ascii: "["), count: 400_000)] {
      let error = #expect(throws: JournalError.self) { try RecordedText(type: "t", data: data) }
      #expect(error?.code == .invalidEvent)
    }
    let journal = try TestJournal()
    let writer = try journal.writer(Spelled.self, options: WriteOptions(snapshots: .never))
    let error = #expect(throws: JournalError.self) {
      try writer.append(#"{"a":{"b":1,"b":2}}"#)
    }
    #expect(error?.code == .invalidEvent)
    try writer.append(#"{"a":{"b":1}}"#)
    #expect(writer.head.seq == 2)
  }

  /// Events that are the text of their fields.
  private struct Spelled: Projection {
    static let name = "spelled"
    mutating func apply(_ event: String, from entry: Entry) {}
    static func encode(_ event: String) throws -> RecordedEvent {
      RecordedEvent(type: "t", data: try JSON(parsing: Array(event.utf8)).object ?? [:])
    }
    static func decode(_ recorded: RecordedEvent) -> String? { JSON.object(recorded.data).text }
    static func text(of event: String) throws -> RecordedText {
      try RecordedText(type: "t", data: Array(event.utf8))
    }
  }

  @Test("A line that is too long, by one byte")
  func long() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Recorder.self)
    try writer.append(RecordedEvent(type: "t", subject: ""))
    let least = try #require(try journal.entries().last).line.count
    let room = LineFormat.longestLine - 1 - least
    let longest = RecordedEvent(type: "t", subject: String(repeating: "x", count: room))
    let tooLong = RecordedEvent(type: "t", subject: String(repeating: "x", count: room + 1))
    #expect(try refusal(longest) == nil)
    #expect(try refusal(tooLong) == .invalidEvent)
  }

  @Test("One event too long refuses its whole group")
  func longInGroup() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Recorder.self)
    let tooLong = RecordedEvent(type: "t", subject: String(repeating: "x", count: 1 << 20))
    #expect(throws: JournalError.self) {
      try writer.append(RecordedEvent(type: "t"), tooLong)
    }
    #expect(journal.disk.paths.isEmpty)
  }

  @Test("Any text can be a type, a subject or a key, and comes back as it was")
  func texts() async throws {
    try await Property.check("texts of an event", rounds: 40) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try TestJournal()
      let writer = try journal.writer(Recorder.self)
      let event = RecordedEvent(
        type: "t" + random.text(8), subject: random.text(8),
        data: [random.text(5): .string(random.text(9))])
      let id = random.text(6)
      try writer.append(event, id: id)
      guard let entry = try journal.entries().last else { throw Violation("nothing there") }
      try Violation.unless(
        try RecordedEvent(entry) == event && entry.id == id, "\(event) is \(entry)")
      try Violation.unless(try journal.writer(Recorder.self).append(event, id: id).isRepeated, id)
    }
  }
}
