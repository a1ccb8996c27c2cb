import JournalEngine
import JournalTestSupport
import Testing

@Suite("An entry")
struct EntryTests {
  private func entry(_ text: String) throws -> Entry {
    let line = Array(text.utf8)
    return Entry(
      line: line, fields: try #require(Sample.scan(line)), hash: SHA256.digest(of: line),
      place: LinePlace(segment: 52_318, offset: 9, length: line.count))
  }

  @Test("knows its type by the characters, not by their spelling")
  func type() throws {
    let plain = try entry(Sample().with("type", #""session.started""#).text)
    let escaped = try entry(Sample().with("type", #""session\u002estarted""#).text)
    for entry in [plain, escaped] {
      #expect(entry.type == "session.started")
      #expect(entry.isType("session.started"))
      #expect(!entry.isType("session.starte") && !entry.isType("session.started2"))
    }
  }

  @Test("does not take another spelling of a letter for the same type")
  func canonicalEquivalence() throws {
    #expect(try entry(Sample().with("type", #""\u00e9""#).text).isType("\u{E9}"))
    #expect(try !entry(Sample().with("type", #""\u00e9""#).text).isType("e\u{301}"))
    #expect(try !entry(Sample().with("type", "\"e\u{301}\"").text).isType("\u{E9}"))
  }

  @Test("says whether the engine wrote it")
  func engines() throws {
    for type in LineFormat.engineTypes {
      #expect(try entry(Sample().with("type", "\"\(type)\"").text).isEngines)
    }
    #expect(try !entry(Sample().text).isEngines)
    #expect(try !entry(Sample().with("type", "\"journal.open\"").text).isEngines)
  }

  @Test("keeps the text of its numbers, and its data byte for byte")
  func data() throws {
    let entry = try entry(Sample().with("data", #"{ "n": 1.50, "big": 1e400 }"#).text)
    #expect(
      entry.data.map { String(decoding: $0, as: UTF8.self) } == #"{ "n": 1.50, "big": 1e400 }"#)
    #expect(try entry.object()["n"]?.number?.text == "1.50")
    #expect(try entry.object()["big"]?.number?.text == "1e400")
  }

  @Test("has data that can be no value where a name stands twice below, and says so")
  func duplicates() throws {
    let entry = try entry(Sample().with("data", #"{"a":1,"a":2}"#).text)
    #expect(throws: JSONError.self) { try entry.object() }
  }

  @Test("says in which file it stands")
  func place() throws {
    #expect(try entry(Sample().text).place.file == "00000000000000052318.ndjson")
  }
}
