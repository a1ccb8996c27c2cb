import JournalEngine
import JournalTestSupport
import Testing

@Suite("JSON text that is written into memory of a known size")
struct JSONWriterTests {
  private static func text(_ capacity: Int, _ string: String, _ number: Int64) -> String? {
    JSONWriter.text(capacity: capacity) { text in
      text.put("{")
      text.put(string: string)
      text.put(":")
      text.put(number)
      text.put("}")
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("is what any JSON is written as, or nothing where a text has to be escaped")
  func same() {
    var random = SeededGenerator(seed: 3)
    for length in 0..<40 {
      for _ in 0..<40 {
        let string = random.text(length)
        let number = Int64.random(in: 0...(random.once(in: 3) ? .max : 100), using: &random)
        let expected = JSON.object([string: .number(JSONNumber(number))]).text
        let written = Self.text(2000, string, number)
        if let written { #expect(written == expected) }
        #expect((written == nil) == JSON.string(string).text.contains("\\"))
      }
    }
    #expect(Self.text(100, "é\u{1F600} and so on", 7) == #"{"é😀 and so on":7}"#)
  }

  @Test("needs exactly the room that it takes", arguments: ["", "a", "é", "a longer text"])
  func room(_ string: String) {
    let needed = string.utf8.count + 8
    #expect(Self.text(needed, string, 123)?.utf8.count == needed)
    for capacity in 0..<needed { #expect(Self.text(capacity, string, 123) == nil) }
  }
}
