import JournalEngine
import JournalTestSupport
import Testing

@testable import Command

@Suite("Entries as JSON")
struct EntriesAsJSONTests {
  let run: VerbRun

  init() throws { run = try VerbRun() }

  @Test("Data that is nested as deep as it may be is shown")
  func deep() throws {
    // Below `data` and `fields`, so that data itself has 128 levels.
    let value = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
    #expect(try run("profile", "create", "acme", "deep=" + value).status == .done)
    let answer = try run("history", "acme", "--ndjson")
    #expect(answer.status == .done)
    let limits = JSONLimits(depth: 200)
    let line = try #require(answer.output.split(separator: "\n").last)
    let entry = try JSON(parsing: String(line), limits: limits)
    #expect(entry["data"]?["fields"]?["deep"]?.text == value)
    #expect(
      entry.object?.names
        == ["seq", "time", "type", "by", "data", "durable", "nonce", "prev", "hash"])
  }

  @Test("Data that is no value is shown as its text, and members of strangers stay")
  func duplicate() throws {
    var lines = VerbRun.opened("acme")
    let line = RawLines.line(
      "profile.blessed", seq: 2, prev: lines.head.hash, data: #"{"a":{"b":1,"b":[2]}}"#)
    lines.put(
      String(decoding: line.dropLast(), as: UTF8.self) + #","mood":{"x":"}, \"y"},"odd": 1.50}"#)
    try run.put(lines, in: "acme")
    let answer = try run("history", "acme", "--ndjson")
    #expect(answer.status == .done)
    let entry = try JSON(parsing: String(try #require(answer.output.split(separator: "\n").last)))
    #expect(entry["data"] == nil)
    #expect(entry["data_text"] == #"{"a":{"b":1,"b":[2]}}"#)
    #expect(entry["mood"]?["x"] == #"}, "y"#)
    #expect(entry["odd"]?.text == "1.50")
    #expect(entry["hash"]?.string?.count == 64)
  }

  @Test("Kinds are in snake case")
  func kinds() {
    #expect(Finding.Kind.lostRace.name == "lost_race")
    #expect(Finding.Kind.timeWentBack.name == "time_went_back")
    #expect(VoidKind.lostRace.name == "lost_race")
    #expect(VoidKind.torn.name == "torn")
  }
}
