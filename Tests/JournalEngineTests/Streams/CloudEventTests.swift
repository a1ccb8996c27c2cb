import JournalEngine
import JournalTestSupport
import Testing

@Suite("Entries as CloudEvents")
struct CloudEventTests {
  private func events(_ streamed: StreamedEntries) throws -> [JSON] {
    try streamed.lines(as: .cloudevents).map { try JSON(parsing: $0) }
  }

  @Test("An entry's members are the event's attributes")
  func attributes() throws {
    let streamed = try StreamedEntries(
      [RecordedEvent(type: "a.b", subject: "s", data: ["x": 1.50])], by: "ana", id: "k")
    let entry = try #require(streamed.entries.last)
    #expect(
      try events(streamed).last
        == [
          "specversion": "1.0", "id": .string("2:\(entry.hash)"), "source": "/journals/acme",
          "type": "a.b", "subject": "s", "time": .string(entry.time.description),
          "journal": "acme", "sequence": "00000000000000000002",
          "prev": .string(entry.prev.description), "by": "ana", "key": "k",
          "datacontenttype": "application/json", "data": ["x": 1.50],
        ])
  }

  @Test("What an entry does not say is no attribute")
  func absent() throws {
    let streamed = try StreamedEntries([RecordedEvent(type: "t", subject: "", data: [:])])
    let event = try #require(try events(streamed).last?.object)
    #expect(Set(event.names).isDisjoint(with: ["subject", "by", "key", "dataschema"]))
  }

  @Test("Numbers in the data keep their text")
  func exactNumbers() throws {
    let number = try #require(JSONNumber(text: "100000000000000000000.10"))
    let streamed = try StreamedEntries([RecordedEvent(type: "t", data: ["n": .number(number)])])
    #expect(try events(streamed).last?["data"]?["n"]?.number == number)
  }

  @Test("Every event is valid by the specification's own schema, whatever its texts")
  func schema() async throws {
    let schema = try JSONSchema.cloudEvents()
    try await Property.check("CloudEvents", rounds: 300) { seed in
      let streamed = try StreamedEntries(seed: seed)
      let events = try events(streamed)
      try Violation.unless(events.count == streamed.entries.count, "an event is missing")
      for event in events {
        let faults = try schema.faults(in: event)
        try Violation.unless(faults.isEmpty, "\(faults): \(event)")
      }
    }
  }

  @Test("Attributes are named and written as the specification wants them")
  func specification() async throws {
    try await Property.check("CloudEvents attributes", rounds: 300) { seed in
      let streamed = try StreamedEntries(seed: seed)
      for event in try events(streamed) {
        for (name, value) in event.object ?? [:] where name != "data" {
          try Violation.unless(
            name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }, name)
          let text = value.string ?? ""
          try Violation.unless(!text.isEmpty, "\(name) is empty")
          let isAllowed = text.unicodeScalars.allSatisfy { scalar in
            !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
              || (0xFDD0...0xFDEF).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE)
          }
          try Violation.unless(isAllowed, "\(name): \(text.debugDescription)")
        }
      }
      let sequences = try events(streamed).compactMap { $0["sequence"]?.string }
      try Violation.unless(sequences == sequences.sorted(), "the sequence is out of order")
    }
  }

  @Test(
    "The schema sees what is wrong",
    arguments: [
      (#"{"specversion":"1.0","id":"1","source":"/a","type":"t"}"#, 0),
      (#"{"specversion":"1.0","id":"1","source":"/a"}"#, 1),
      (#"{"specversion":"1.0","id":"","source":"/a","type":"t"}"#, 1),
      (#"{"specversion":"1.0","id":1,"source":"/a","type":"t"}"#, 1),
      (#"{"specversion":"1.0","id":"1","source":"/a b","type":"t"}"#, 1),
      (#"{"specversion":"1.0","id":"1","source":"/a","type":"t","subject":""}"#, 1),
      (#"{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"now"}"#, 1),
      (#"{"specversion":"1.0","id":"1","source":"/a","type":"t","dataschema":"x"}"#, 1),
      (#"[]"#, 5),
    ])
  func invalid(text: String, faults: Int) throws {
    let schema = try JSONSchema.cloudEvents()
    #expect(try schema.faults(in: JSON(parsing: text)).count == faults)
  }
}
