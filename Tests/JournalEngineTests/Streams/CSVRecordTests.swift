import JournalEngine
import JournalTestSupport
import Testing

@Suite("Entries as comma-separated values")
struct CSVRecordTests {
  private static let columns = [
    "journal", "seq", "time", "type", "subject", "by", "id", "data", "prev", "hash",
  ]

  @Test("The header names the columns")
  func header() throws {
    let records = try CSVGrammar.records(StreamFormat.csv.header)
    #expect(records.map { $0.map(\.text) } == [Self.columns])
  }

  @Test("A field is quoted where it must be, and only there")
  func quoting() throws {
    let streamed = try StreamedEntries(
      [RecordedEvent(type: "a,b", subject: "say \"no\"", data: ["a": 1])], by: "one\r\ntwo")
    let entry = try #require(streamed.entries.last)
    var bytes: [UInt8] = []
    StreamFormat.csv.append(entry, of: streamed.journal, to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        acme,2,\(entry.time),"a,b","say ""no""\","one\r\ntwo",,"{""a"":1}",\(entry.prev),\(entry.hash)\r\n
        """)
  }

  @Test("What is not there is an empty field, and an empty text is told from it")
  func absent() throws {
    let streamed = try StreamedEntries([RecordedEvent(type: "t", subject: "", data: [:])])
    let record = try #require(try CSVGrammar.records(streamed.bytes(as: .csv)).last)
    #expect(record[4] == .init(isQuoted: true))
    #expect(record[5] == .init(isQuoted: false))
    #expect(record[7] == .init(isQuoted: false))
  }

  @Test("Whatever the texts, it is what RFC 4180 allows, and gives them back")
  func grammar() async throws {
    try await Property.check("CSV", rounds: 500) { seed in
      let streamed = try StreamedEntries(seed: seed)
      let records = try CSVGrammar.records(streamed.bytes(as: .csv))
      try Violation.unless(records.count == streamed.entries.count, "\(records.count) records")
      for (record, entry) in zip(records, streamed.entries) {
        let expected = [
          "acme", "\(entry.seq)", "\(entry.time)", entry.type, entry.subject ?? "",
          entry.by ?? "", entry.id ?? "", String(decoding: entry.data ?? [], as: UTF8.self),
          "\(entry.prev)", "\(entry.hash)",
        ]
        try Violation.unless(record.count == Self.columns.count, "\(record.count) fields")
        for (field, text) in zip(record, expected) {
          try Violation.unless(Array(text.utf8) == field.bytes, "\(field.text) is not \(text)")
        }
      }
    }
  }
}
