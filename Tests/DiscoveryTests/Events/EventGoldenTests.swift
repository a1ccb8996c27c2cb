import Discovery
import JournalEngine
import Testing

@Suite("The data of events, to the byte")
struct EventGoldenTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let event: DiscoveryEvent
    let subject: String?
    let data: String
    var testDescription: String { data }

    init(_ event: DiscoveryEvent, _ subject: String? = nil, _ data: String) {
      self.event = event
      self.subject = subject
      self.data = data
    }
  }

  static let confidence = JSONNumber(text: "0.90")

  static let goldens: [Golden] = [
    Golden(.profileCreated(fields: [:], origin: .init()), nil, #"{"fields":{}}"#),
    Golden(
      .profileCreated(
        fields: ["name": "Acme", "n": 2], origin: .init(source: "990", confidence: confidence)),
      nil, #"{"fields":{"name":"Acme","n":2},"source":"990","confidence":0.90}"#),
    Golden(
      .profileUpdated(
        set: ["b": nil, "a": [1, "x"]], unset: ["old", "older"],
        origin: .init(source: "web", confidence: confidence)), nil,
      #"{"set":{"b":null,"a":[1,"x"]},"unset":["old","older"],"source":"web","confidence":0.90}"#),
    Golden(
      .profileUpdated(set: ["a": true], unset: [], origin: .init()), nil, #"{"set":{"a":true}}"#),
    Golden(
      .profileUpdated(set: [:], unset: ["a"], origin: .init()), nil, #"{"unset":["a"]}"#),
    Golden(.profileArchived(reason: "merged"), nil, #"{"reason":"merged"}"#),
    Golden(.profileArchived(reason: nil), nil, "{}"),
    Golden(.profileRestored(reason: "again"), nil, #"{"reason":"again"}"#),
    Golden(.profileDeleted(reason: "asked \"to\""), nil, #"{"reason":"asked \"to\""}"#),
    Golden(
      .sessionStarted(session: "s", tracks: [], params: [:]), "s", #"{"tracks":[]}"#),
    Golden(
      .sessionStarted(session: "s", tracks: ["government", "é"], params: ["max": 5]), "s",
      #"{"tracks":["government","é"],"params":{"max":5}}"#),
    Golden(
      .sessionFound(session: "s", track: "t", count: 3, opportunities: nil), "s",
      #"{"track":"t","count":3}"#),
    Golden(
      .sessionFound(session: "s", track: "t", count: nil, opportunities: [["id": "x"]]), "s",
      #"{"track":"t","opportunities":[{"id":"x"}]}"#),
    Golden(.sessionCompleted(session: "s", .init()), "s", "{}"),
    Golden(
      .sessionCompleted(
        session: "s",
        .init(opportunitiesFound: [.init("b", 2), .init("a", 0)], total: 2, notes: "ok")), "s",
      #"{"opportunities_found":{"b":2,"a":0},"total_opportunities":2,"notes":"ok"}"#),
    Golden(
      .sessionFailed(session: "s", .init(errors: ["timeout"])), "s",
      #"{"errors":["timeout"],"reason":"error"}"#),
    Golden(
      .sessionFailed(session: "s", .init(reason: .abandoned, supersededBy: "s2")), "s",
      #"{"errors":[],"reason":"abandoned","superseded_by":"s2"}"#),
    Golden(
      .imported(["source": "flat", "files": [["name": "a.json"]]]), nil,
      #"{"source":"flat","files":[{"name":"a.json"}]}"#),
  ]

  @Test("An event's data is this text, and its subject its session", arguments: goldens)
  func golden(_ golden: Golden) {
    let recorded = Profile.encode(golden.event)
    #expect(JSON.object(recorded.data).text == golden.data)
    #expect(recorded.subject == golden.subject)
  }

  @Test("The text reads as that event", arguments: goldens)
  func reading(_ golden: Golden) throws {
    let recorded = RecordedEvent(
      type: Profile.encode(golden.event).type, subject: golden.subject,
      data: try #require(try JSON(parsing: golden.data).object))
    #expect(try Profile.decode(recorded) == golden.event)
  }
}
