import JournalEngine
import Testing

@Suite("The grammar of JSON")
struct JSONGrammarTests {
  @Test("takes what RFC 8259 allows", arguments: JSONGrammarCases.accepted)
  func accepts(_ text: String) {
    #expect(JSONTest.grammarAccepts(Array(text.utf8)))
    #expect(JSONTest.error(text) == nil)
  }

  @Test("refuses what RFC 8259 does not allow", arguments: JSONGrammarCases.refused)
  func refuses(_ text: String) {
    #expect(!JSONTest.grammarAccepts(Array(text.utf8)))
    #expect(JSONTest.error(text) != nil)
  }

  @Test("refuses bytes which are not UTF-8", arguments: JSONGrammarCases.notUTF8)
  func refusesOtherEncodings(_ bytes: [UInt8]) {
    // At the end, at the start and in the middle, so that each way of scanning meets them.
    for (before, after) in [("", ""), ("", "abcdefghijkl"), ("abcdefghijk", "xyz")] {
      let text = Array("\"\(before)".utf8) + bytes + Array("\(after)\"".utf8)
      #expect(!JSONTest.grammarAccepts(text))
      #expect(JSONTest.error(text) == JSONError(.invalidUTF8, offset: 1 + before.utf8.count))
    }
  }

  @Test("takes the first and last characters of each length of UTF-8")
  func boundaries() {
    for code: UInt32 in [
      0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFFFF,
      0x10000, 0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFF,
    ] {
      let character = Unicode.Scalar(code).map(String.init) ?? ""
      let text = Array("\"\(character)\"".utf8)
      #expect(!character.isEmpty && JSONTest.grammarAccepts(text), "U+\(String(code, radix: 16))")
      #expect((try? JSON(parsing: text)) == .string(character))
    }
  }

  @Test("finds a special byte at every place of a long string")
  func everyPlace() {
    for length in 0..<40 {
      for place in 0..<max(length, 1) where place < length {
        for byte: UInt8 in [0x00, 0x1F, 0x0A, 0x80, 0xFF] {
          var text = [0x22] + [UInt8](repeating: 0x7E, count: length) + [0x22]
          text[1 + place] = byte
          #expect(!JSONTest.grammarAccepts(text), "byte \(byte) at \(place) of \(length)")
        }
        var early = [0x22] + [UInt8](repeating: 0x21, count: length) + [0x22]
        early[1 + place] = 0x22
        let end = early.withUnsafeBytes { JSONGrammar.endOfString($0, from: 0) }
        #expect(end == place + 2)
      }
    }
  }

  @Test("says where a thing ends and leaves what follows alone")
  func ends() {
    func ends(_ text: String, _ from: Int = 0) -> [Int?] {
      Array(text.utf8).withUnsafeBytes { bytes in
        [
          JSONGrammar.endOfValue(bytes, from: from), JSONGrammar.endOfString(bytes, from: from),
          JSONGrammar.endOfNumber(bytes, from: from),
        ]
      }
    }
    #expect(ends("12,") == [2, nil, 2])
    #expect(ends("01") == [1, nil, 1])
    #expect(ends("-1.5e+3x") == [7, nil, 7])
    #expect(ends(#""a"b"#) == [3, 3, nil])
    #expect(ends("{} {}") == [2, nil, nil])
    #expect(ends("{} {}", 3) == [5, nil, nil])
    #expect(ends("[ 1 , 2 ] ") == [9, nil, nil])
    #expect(ends(" 1") == [nil, nil, nil], "no blanks before a value")
    #expect(ends("", 0) == [nil, nil, nil])
    #expect(ends("1", 1) == [nil, nil, nil])
    #expect(ends("1", 99) == [nil, nil, nil])
    #expect(ends("1", -1) == [nil, nil, nil])
  }

  @Test("skips the four blanks and nothing else")
  func blanks() {
    Array(" \t\r\n\u{B}x".utf8).withUnsafeBytes { bytes in
      #expect(JSONGrammar.skipBlanks(bytes, from: 0) == 4)
      #expect(JSONGrammar.skipBlanks(bytes, from: 5) == 5)
      #expect(JSONGrammar.skipBlanks(bytes, from: 6) == 6)
    }
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    #expect(JSONGrammar.skipBlanks(empty, from: 0) == 0)
    #expect(JSONGrammar.endOfValue(empty, from: 0) == nil)
  }

  @Test("sees no value in any beginning of a text that is broken off")
  func beginnings() {
    let text = Array(#"{"a\u00e9é":[1,-2.5e3,true,null,{"b":"\uD83D\uDE00😀long enough"}]}"#.utf8)
    #expect(JSONTest.grammarAccepts(text))
    for length in 0..<text.count {
      #expect(!JSONTest.grammarAccepts(Array(text[..<length])), "\(length) bytes")
      // The bytes that would complete it are there, just beyond the buffer.
      text.withUnsafeBytes { bytes in
        let part = UnsafeRawBufferPointer(rebasing: bytes[..<length])
        #expect(JSONGrammar.endOfValue(part, from: 0) == nil, "\(length) bytes")
      }
    }
  }

  @Test("follows 500,000 brackets without recursion")
  func deep() {
    let depth = 500_000
    let open = [UInt8](repeating: 0x5B, count: depth)
    let close = [UInt8](repeating: 0x5D, count: depth)
    #expect(JSONTest.grammarAccepts(open + close))
    #expect(!JSONTest.grammarAccepts(open + close.dropLast()))
    #expect(!JSONTest.grammarAccepts(open + close + [0x5D]))
    #expect(!JSONTest.grammarAccepts(open))
    #expect(JSONTest.error(open + close)?.code == .tooDeep)
    let objects = [[UInt8]](repeating: Array(#"{"a":["#.utf8), count: depth).flatMap(\.self)
    let ends = [[UInt8]](repeating: Array("]}".utf8), count: depth).flatMap(\.self)
    #expect(JSONTest.grammarAccepts(objects + ends))
  }

  @Test("remembers the kind of every bracket beyond 64 levels")
  func kindsOfBrackets() {
    var random = JSONTestRandom(seed: 7)
    for depth in [1, 63, 64, 65, 127, 128, 129, 200, 1000] {
      let kinds = (0..<depth).map { _ in random.below(2) == 0 }
      let open = kinds.map { $0 ? #"{"k":"# : "[" }.joined()
      let close = kinds.reversed().map { $0 ? "}" : "]" }
      #expect(JSONTest.grammarAccepts(Array((open + "0" + close.joined()).utf8)))
      let wrong = random.below(depth)
      var bad = close
      bad[wrong] = bad[wrong] == "}" ? "]" : "}"
      #expect(!JSONTest.grammarAccepts(Array((open + "0" + bad.joined()).utf8)))
    }
  }
}
