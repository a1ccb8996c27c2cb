import JournalTestSupport
import Testing

@testable import Discovery
@testable import JournalEngine

@Suite("Events read from their lines and written to them without a value between")
struct EventLineTests {
  private static func entry(_ type: String, _ subject: String?, _ data: [UInt8]?) throws -> Entry {
    let line = LineEncoder.line(
      LineEncoder.Content(type: type, subject: subject, data: data), seq: 2, prev: .zero,
      attempt: LineEncoder.Attempt(time: .earliest, durable: 1, nonce: 7))
    let fields = try #require(line.withUnsafeBytes { LineScanner.scan($0) })
    return Entry(
      line: line, fields: fields, hash: .zero,
      place: LinePlace(segment: 1, offset: 0, length: line.count))
  }

  private static func outcome(_ body: () throws -> DiscoveryEvent?) -> String {
    do { return String(describing: try body()) } catch { return "error: \(error)" }
  }

  /// States that an entry may meet.
  private static func states() throws -> [Profile] {
    var states = [Profile(), Profile.partial()]
    for (id, tracks) in [("s", ["a", "b"]), ("é", ["a"]), ("a\"b", ["é", "\""]), ("other", [])] {
      var state = Profile()
      let event = DiscoveryEvent.sessionStarted(session: id, tracks: tracks, params: [:])
      try state.apply(event, from: entry(EventType.sessionStarted, id, nil))
      states.append(state)
    }
    return states
  }

  private static func expectSameFold(of entry: Entry) throws {
    for state in try states() {
      var (folded, applied) = (state, state)
      let outcome = Self.outcome {
        try folded.fold(entry)
        return nil
      }
      let expected = Self.outcome {
        if let event = try Profile.decoded(entry) { try applied.apply(event, from: entry) }
        return nil
      }
      #expect(outcome == expected)
      #expect(folded == applied)
      #expect(try folded.session("s") == applied.session("s"))
    }
  }

  @Test("change the state as the events that their values make")
  func folded() throws {
    var random = SeededGenerator.forTest()
    for event in (0..<30).flatMap({ _ in random.everyEvent() }) {
      let text = try Profile.text(of: event)
      for subject in [text.subject, text.subject.map { _ in "s" }] {
        try Self.expectSameFold(of: Self.entry(text.type, subject, text.data))
      }
    }
  }

  @Test("are written as the text that their values make")
  func written() throws {
    var random = SeededGenerator.forTest()
    for event in (0..<300).flatMap({ _ in random.everyEvent() }) {
      let text = try Profile.text(of: event)
      let expected = try RecordedText(Profile.encode(event))
      #expect(text.type == expected.type)
      #expect(text.subject == expected.subject)
      #expect(
        text.data.map { String(decoding: $0, as: UTF8.self) }
          == expected.data.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  @Test("are read as the events that their values make")
  func read() throws {
    var random = SeededGenerator.forTest()
    for event in (0..<300).flatMap({ _ in random.everyEvent() }) {
      let text = try Profile.text(of: event)
      let entry = try Self.entry(text.type, text.subject, text.data)
      #expect(try Profile.event(of: entry) == event)
      #expect(try Profile.decoded(entry) == event)
    }
  }

  @Test(
    "are read the same however they are spelled",
    arguments: [
      (EventType.sessionStarted, #"{"tracks":["a","b"]}"#),
      (EventType.sessionStarted, #"{"tracks":[]}"#),
      (EventType.sessionStarted, #"{"tracks":["a" ,"b"]}"#),
      (EventType.sessionStarted, #"{"tracks":["\u0061","é"]}"#),
      (EventType.sessionStarted, #"{"tracks":["a"],"tracks":["b"]}"#),
      (EventType.sessionStarted, #"{"tracks":["a",1]}"#),
      (EventType.sessionStarted, #"{"tracks":null}"#),
      (EventType.sessionStarted, #"{"tracks":["a"],"params":{"x":[{}]}}"#),
      (EventType.sessionStarted, #"{"tracks":["a"],"more":true}"#),
      (EventType.sessionFound, #"{"track":"t","count":3}"#),
      (EventType.sessionFound, #"{"track":"t","count":-3}"#),
      (EventType.sessionFound, #"{"track":"t","count":3.0}"#),
      (EventType.sessionFound, #"{"track":"t","count":1234567890123456789}"#),
      (EventType.sessionFound, #"{"track":"t","count":12345678901234567890}"#),
      (EventType.sessionFound, #"{"count":3,"track":"t"}"#),
      (EventType.sessionFound, #"{"track":"t\n","count":3}"#),
      (EventType.sessionCompleted, #"{}"#),
      (EventType.sessionCompleted, #"{"notes":"n"}"#),
      (EventType.sessionCompleted, #"{"opportunities_found":{}}"#),
      (EventType.sessionCompleted, #"{"opportunities_found":{"a":1,"a":2}}"#),
      (EventType.sessionCompleted, #"{"opportunities_found":{"a":1},"total_opportunities":1}"#),
      (EventType.sessionCompleted, #"{"total_opportunities":1,"opportunities_found":{"a":1}}"#),
      (EventType.sessionCompleted, #"{"total_opportunities":1,"notes":"n","x":{"y":1}}"#),
      (EventType.sessionCompleted, #"{"opportunities_found":{"a":1},"notes":"é\"","z":0}"#),
      (EventType.sessionCompleted, #"{"opportunities_found":[1]}"#),
      (EventType.sessionFailed, #"{"errors":["e"],"reason":"error"}"#),
    ])
  func spelled(_ type: String, _ data: String) throws {
    for subject in ["s", "", "é", "a\"b", nil] {
      let entry = try Self.entry(type, subject, Array(data.utf8))
      try Self.expectSameFold(of: entry)
      #expect(
        Self.outcome { try Profile.event(of: entry) }
          == Self.outcome { try Profile.decoded(entry) })
    }
    let bare = try Self.entry(type, "s", nil)
    #expect(
      Self.outcome { try Profile.event(of: bare) } == Self.outcome { try Profile.decoded(bare) })
  }

  @Test("are no text that would break a line")
  func broken() {
    for data in ["", "[]", "{", "{}\n", "{\"a\":\n1}", "{} ", "{}{}"] {
      #expect(throws: JournalError.self) {
        try RecordedText(type: "t", data: Array(data.utf8))
      }
    }
  }

  @Test("say that they read back equal only where they do")
  func readBack() throws {
    let odd: [DiscoveryEvent] = [
      .sessionStarted(session: "", tracks: [], params: [:]),
      .sessionFound(session: "s", track: "t", count: -1, opportunities: nil),
      .sessionCompleted(session: "s", .init(total: -1)),
      .sessionCompleted(
        session: "s", .init(opportunitiesFound: [TrackCount("a", 1), TrackCount("a", 2)])),
      .sessionFound(
        session: "s", track: "t", count: nil,
        opportunities: [(0..<200).reduce(JSON.null) { json, _ in .array([json]) }]),
    ]
    var random = SeededGenerator.forTest()
    var equal = 0
    for event in odd + (0..<300).flatMap({ _ in random.everyEvent() }) {
      guard let text = try? Profile.text(of: event), text.readsBackEqual else { continue }
      equal += 1
      let entry = try Self.entry(text.type, text.subject, text.data)
      #expect(try Profile.event(of: entry) == event)
    }
    #expect(equal > 300)
  }
}
