import JournalEngine
import JournalTestSupport
import Testing

@Suite("Entries as lines with their journal")
struct LineRecordTests {
  @Test("A record holds the very line, whose hash the cursor has")
  func hash() async throws {
    try await Property.check("NDJSON", rounds: 200) { seed in
      let streamed = try StreamedEntries(seed: seed)
      for (line, entry) in zip(streamed.lines(as: .ndjson), streamed.entries) {
        let record = try JSON(parsing: line)
        try Violation.unless(
          record.object?.names == ["journal", "cursor", "entry"], "\(record.object?.names ?? [])")
        try Violation.unless(record["journal"] == "acme", "the journal is another")
        let cursor = try #require(record["cursor"]?.string.flatMap { Head($0) })
        let prefix = #"{"journal":"acme","cursor":"\#(cursor)","entry":"#
        let inside = Array(line.dropFirst(prefix.utf8.count).dropLast())
        try Violation.unless(inside == entry.line, "the line is another")
        try Violation.unless(Digest(of: inside) == cursor.hash, "the hash is another")
      }
    }
  }
}
