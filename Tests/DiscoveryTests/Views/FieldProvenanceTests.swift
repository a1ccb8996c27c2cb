import Discovery
import JournalEngine
import Testing

@Suite("Where fields come from")
struct FieldProvenanceTests {
  let scratch = Scratch()

  private func perform(_ command: ProfileCommand, by: String?) throws {
    scratch.clock.advance(seconds: 1)
    _ = try scratch.profiles.perform(command, on: try JournalName("acme"), by: by)
  }

  private func origin(_ source: String?, _ confidence: String?) -> DiscoveryEvent.Origin {
    .init(source: source, confidence: confidence.flatMap { JSONNumber(text: $0) })
  }

  @Test("Each field names the entry that set it last: seq, time, by, source, confidence")
  func last() throws {
    try perform(
      .create(fields: ["name": "Acme", "ein": "1"], origin: origin("web", "0.50")), by: "ann")
    try perform(.update(set: ["ein": "2"], origin: origin("form 990", nil)), by: "bob")
    try perform(.update(set: ["size": 3]), by: nil)
    #expect(
      FieldProvenance(try scratch.state()).json.text == """
        {"name":{"value":"Acme","seq":2,"time":"2025-10-01T12:00:01.000000Z","by":"ann",\
        "source":"web","confidence":0.50},\
        "ein":{"value":"2","seq":3,"time":"2025-10-01T12:00:02.000000Z","by":"bob",\
        "source":"form 990","confidence":null},\
        "size":{"value":3,"seq":4,"time":"2025-10-01T12:00:03.000000Z","by":null,\
        "source":null,"confidence":null}}
        """)
  }

  @Test("A value that is set again to the same comes from the entry that set it again")
  func again() throws {
    try perform(.create(fields: ["a": 1]), by: "ann")
    try perform(.update(set: ["a": 1], origin: origin("filing", "1")), by: "bob")
    let origin = try #require(try scratch.state().provenance["a"])
    #expect(origin.seq == 3)
    #expect(origin.source == "filing")
  }

  @Test("A field that was removed has no origin, and a new one when it comes back")
  func removed() throws {
    try perform(.create(fields: ["a": 1, "b": 2]), by: "ann")
    try perform(.update(set: [:], unset: ["a"]), by: "bob")
    #expect(FieldProvenance(try scratch.state()).fields.map(\.name) == ["b"])
    #expect(try scratch.state().provenance["a"] == nil)
    try perform(.update(set: ["a": 3]), by: "bob")
    #expect(FieldProvenance(try scratch.state()).json["a"]?["seq"] == 4)
  }

  @Test("A field that is null is a field")
  func null() throws {
    try perform(.create(fields: ["a": nil]), by: "ann")
    let blame = try #require(FieldProvenance(try scratch.state()).json["a"])
    #expect(blame["value"] == .some(.null))
    #expect(blame["by"] == "ann")
  }

  @Test("Names that only look the same are two fields, each with its own origin")
  func lookalikes() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    try perform(.create(fields: [composed: 1, decomposed: 2]), by: "ann")
    try perform(.update(set: [composed: 3]), by: "bob")
    let blame = FieldProvenance(try scratch.state()).json
    #expect(blame[composed]?["seq"] == 3)
    #expect(blame[decomposed]?["seq"] == 2)
    try perform(.update(set: [:], unset: [composed]), by: "bob")
    #expect(FieldProvenance(try scratch.state()).json[decomposed]?["seq"] == 2)
  }

  @Test("As of a past entry, origins are those of then")
  func past() throws {
    try perform(.create(fields: ["a": 1]), by: "ann")
    try perform(.update(set: ["a": 2]), by: "bob")
    #expect(FieldProvenance(try scratch.replay(at: .seq(2)).state).json["a"]?["by"] == "ann")
    #expect(FieldProvenance(try scratch.state()).json["a"]?["by"] == "bob")
  }
}
