import CQuotes
import JournalTestSupport
import Testing

@Suite("The quotes of a line")
struct QuoteMarksTests {
  private static func mark(
    _ bytes: [UInt8], _ body: (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt64>) -> Int32
  ) -> [UInt64]? {
    var words = [UInt64](repeating: 0xFFFF, count: bytes.count / 64 + 1)
    let isPlain = body(bytes, bytes.count, &words) != 0
    return isPlain ? Array(words.prefix((bytes.count + 63) / 64)) : nil
  }

  @Test("are found many at a time where they are found one by one")
  func agree() async throws {
    try await Property.check("marks of quotes", rounds: 500) { seed in
      var random = SeededGenerator(seed: seed)
      var bytes = (0..<random.below(400)).map { _ in
        random.once(in: 5) ? UInt8(ascii: "\"") : UInt8(0x20 + random.below(0x3C))
      }
      if random.once(in: 3), !bytes.isEmpty {
        bytes[random.below(bytes.count)] = random.pick([0, 0x1F, 0x20, 0x5C, 0x7F, 0x80, 0xFF])
      }
      let expected = Self.mark(bytes, cquotes_mark_portable)
      try Violation.unless(Self.mark(bytes, cquotes_mark) == expected, "\(bytes)")
      try Violation.unless(Self.mark(bytes, cquotes_mark_narrow) == expected, "narrow: \(bytes)")
    }
  }

  @Test("are all marked, and tell nothing where a byte is not plain", arguments: [1, 63, 64, 65])
  func marks(_ count: Int) {
    var bytes = [UInt8](repeating: UInt8(ascii: "\""), count: count)
    for mark in [cquotes_mark, cquotes_mark_narrow] {
      bytes[count - 1] = UInt8(ascii: "\"")
      let words = Self.mark(bytes, mark) ?? []
      #expect(words.reduce(0) { $0 + $1.nonzeroBitCount } == count)
      for odd in [0x1F, 0x5C, 0x80] as [UInt8] {
        bytes[count - 1] = odd
        #expect(Self.mark(bytes, mark) == nil)
      }
    }
  }
}
