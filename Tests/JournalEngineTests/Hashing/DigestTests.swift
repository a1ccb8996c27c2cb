import JournalEngine
import JournalTestSupport
import Testing

@Suite("Digests, words and heads as text")
struct DigestTests {
  private static let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  private static let notDigests: [String] = {
    let start = String(hex.dropLast())
    let end = String(hex.dropFirst())
    return [
      "", start, hex + "0", hex.uppercased(), " " + start, "g" + end, start + "G", "0x" + start,
      "é" + end.dropFirst(), start + "`", start + ":", start + "/",
    ]
  }()

  @Test("A digest reads what it writes")
  func roundTrip() throws {
    let digest = try #require(Digest(hex: Self.hex))
    #expect(digest.description == Self.hex)
    #expect(digest == SHA256.digest(of: Array("abc".utf8)))
    #expect(Digest.zero.description == String(repeating: "0", count: 64))
  }

  @Test(
    "A digest is 64 lower-case hex digits and nothing else", arguments: notDigests)
  func refused(_ text: String) {
    #expect(Digest(hex: text) == nil)
  }

  @Test("A word is written with all its zeros")
  func words() throws {
    for (word, text) in [
      (UInt64(0), "0000000000000000"), (1, "0000000000000001"), (.max, "ffffffffffffffff"),
      (0x0123_4567_89ab_cdef, "0123456789abcdef"),
    ] {
      #expect(Hex.text(word) == text)
      #expect(Array(text.utf8).withUnsafeBytes { Hex.word($0, from: 0) } == word)
    }
  }

  @Test("A word is sixteen digits that are all there")
  func shortWords() {
    let digits = Array("0123456789abcde".utf8)
    #expect(digits.withUnsafeBytes { Hex.word($0, from: 0) } == nil)
    #expect((digits + digits).withUnsafeBytes { Hex.word($0, from: 15) } == nil)
    #expect((digits + digits).withUnsafeBytes { Hex.word($0, from: -1) } == nil)
  }

  @Test("A word has no other digits than 0 to 9 and a to f, in whatever place")
  func noOtherDigits() {
    let digits = Array("0123456789abcdef".utf8)
    for place in 0..<16 {
      for byte in UInt8.min...UInt8.max {
        var text = Array("7f0a9c5e81d2b346".utf8)
        text[place] = byte
        let expected =
          digits.contains(byte) ? UInt64(String(decoding: text, as: UTF8.self), radix: 16) : nil
        #expect(text.withUnsafeBytes { Hex.word($0, from: 0) } == expected)
      }
    }
  }

  @Test("A digest has no other digits either, in whatever place")
  func noOtherDigitsInDigests() {
    let digits = Array("0123456789abcdef".utf8)
    for place in 0..<64 {
      for byte in UInt8.min...UInt8.max {
        var text = Array(Self.hex.utf8)
        text[place] = byte
        let digest = text.withUnsafeBytes { Digest(hexDigits: $0) }
        #expect((digest != nil) == digits.contains(byte))
        if let digest { #expect(Array(digest.description.utf8) == text) }
      }
    }
  }

  @Test("A head reads what it writes")
  func heads() throws {
    let head = Head(seq: 42, hash: try #require(Digest(hex: Self.hex)))
    #expect(head.description == "42:" + Self.hex)
    #expect(Head(head.description) == head)
    #expect(Head(Head.none.description) == Head.none)
  }

  @Test(
    "A head is SEQ:HASH and nothing else",
    arguments: [
      "", ":", "42", "42:", ":\(hex)", "+42:\(hex)", "-1:\(hex)", "-0:\(hex)", "42:\(hex):",
      " 42:\(hex)", "4 2:\(hex)", "42:\(hex) ", "9223372036854775808:\(hex)", "042:\(hex)",
    ])
  func refusedHeads(_ text: String) {
    #expect(Head(text) == nil)
  }
}
