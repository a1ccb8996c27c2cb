import JournalEngine
import Testing

@Suite("Names")
struct NameTests {
  @Test("A segment is named by the seq of its first line, in twenty digits")
  func segments() {
    #expect(SegmentName.file(firstSeq: 1) == "00000000000000000001.ndjson")
    #expect(SegmentName.file(firstSeq: .max) == "09223372036854775807.ndjson")
    for seq: Int64 in [1, 52_318, .max] {
      #expect(SegmentName.firstSeq(of: SegmentName.file(firstSeq: seq)) == seq)
    }
  }

  @Test(
    "Nothing else is a segment",
    arguments: [
      "", ".ndjson", "1.ndjson", "0000000000000000001.ndjson", "000000000000000000001.ndjson",
      "00000000000000000000.ndjson", "00000000000000000001.json", "00000000000000000001",
      "00000000000000000001.ndjson~", "x0000000000000000001.ndjson", "+0000000000000000001.ndjson",
      "-0000000000000000001.ndjson", "09223372036854775808.ndjson", "99999999999999999999.ndjson",
      "00000000000000060000.discovery-1.snapshot.json", "٠٠٠٠٠٠٠٠٠٠.ndjson",
      "00000000000000000001.NDJSON",
    ])
  func others(_ name: String) {
    #expect(SegmentName.firstSeq(of: name) == nil)
  }

  @Test(
    "A journal's name is 1 to 128 letters, digits, dots, underlines and hyphens",
    arguments: ["a", "profile_f3adef3b653c", "A.b-c_9", "_", "9", "a..", "a-"])
  func journals(_ text: String) throws {
    #expect(try JournalName(text).text == text)
    let longest = String(repeating: "x", count: 128)
    #expect(try JournalName(longest).text == longest)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", ".", "..", ".hidden", "-x", "a/b", "/", "a b", "a\n", "a\0", "é", "а", "a\\b", "a:b",
      "a*", "x" + String(repeating: "x", count: 128), "\u{1B}[2J", "１",
    ])
  func refused(_ text: String) {
    let error = #expect(throws: JournalError.self) { try JournalName(text) }
    #expect(error?.code == .invalidName)
    #expect(
      error?.message.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } == true,
      "nothing in the message drives a terminal")
  }

  @Test("Journals sort by the bytes of their names")
  func order() throws {
    let names = try ["b", "B", "a", "_", "9", "aa"].map { try JournalName($0) }
    #expect(names.sorted().map(\.text) == ["9", "B", "_", "a", "aa", "b"])
  }
}
