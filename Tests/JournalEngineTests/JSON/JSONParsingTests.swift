import JournalEngine
import Testing

@Suite("Reading JSON")
struct JSONParsingTests {
  @Test("gives the values that were written")
  func values() throws {
    let text = #" {"a":[1,2.50,-0,"x\ny",true,false,null],"b":{"":{}},"c":[]} "#
    let expected: JSON = [
      "a": [
        1, .number(try #require(JSONNumber(text: "2.50"))),
        .number(try #require(JSONNumber(text: "-0"))), "x\ny", true, false, nil,
      ],
      "b": ["": [:]],
      "c": [],
    ]
    #expect(try JSON(parsing: text) == expected)
    #expect(try JSON(parsing: Array(text.utf8)) == expected)
    #expect(try JSON(parsing: Array(text.utf8)[...]) == expected)
    #expect(try JSON(parsing: text.utf8.lazy.map { $0 }) == expected, "bytes in no one place")
  }

  @Test("undoes every escape")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00\u0000 plain é😀""#
    #expect(
      try JSON(parsing: text)
        == "\"\\/\u{8}\u{C}\n\r\tA\u{E9}\u{20AC}\u{1F600}\u{0} plain é😀")
    for code: UInt32 in [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF] {
      let hex = String(code, radix: 16)
      let escape = "\"\\u" + String(repeating: "0", count: 4 - hex.count) + hex + "\""
      #expect(try JSON(parsing: escape).string?.unicodeScalars.map(\.value) == [code])
    }
    for (escape, code): (String, UInt32) in [
      (#""\ud800\udc00""#, 0x10000), (#""\uDBFF\uDFFF""#, 0x10FFFF), (#""\ud834\udd1e""#, 0x1D11E),
    ] {
      #expect(try JSON(parsing: escape).string?.unicodeScalars.map(\.value) == [code])
    }
  }

  @Test("says what is wrong and where")
  func errors() {
    let cases: [(String, JSONError.Code, Int)] = [
      ("", .unterminated, 0), ("  ", .unterminated, 2), ("[1", .unterminated, 2),
      (#"{"a""#, .unterminated, 4), (#""abc"#, .unterminated, 4), (#""a\"#, .unterminated, 3),
      ("[1,]", .unexpected, 3), ("{1:2}", .unexpected, 1), ("[1}", .unexpected, 2),
      ("nul", .unexpected, 0), ("[tru]", .unexpected, 1), ("\u{FEFF}1", .unexpected, 0),
      ("1 2", .trailing, 2), ("{}}", .trailing, 2), ("nullx", .trailing, 4),
      ("01", .badNumber, 0), ("[1.]", .badNumber, 1), ("[-]", .badNumber, 1), ("1e", .badNumber, 0),
      ("[ 1.2.3]", .badNumber, 2), (#"["\x"]"#, .badEscape, 2), (#"["a\u12g4"]"#, .badEscape, 3),
      (#""a\uD800b""#, .loneSurrogate, 2), (#""\uDC00""#, .loneSurrogate, 1),
      (#""\uD800\u0041""#, .loneSurrogate, 1), ("\"a\nb\"", .controlCharacter, 2),
    ]
    for (text, code, offset) in cases {
      #expect(JSONTest.error(text) == JSONError(code, offset: offset), "\(text)")
    }
    #expect(JSONTest.error([0x31, 0xFF]) == JSONError(.invalidUTF8, offset: 1))
    #expect(JSONTest.error([0x5B, 0xC3]) == JSONError(.invalidUTF8, offset: 1))
  }

  @Test("describes an error in words, with the place and the name")
  func descriptions() {
    #expect(JSONTest.error("[1,]")?.description == "not JSON at byte 3: unexpected character")
    #expect(
      JSONTest.error(#"{"a\n":1,"a\n":2}"#)?.description
        == #"not JSON at byte 9: the name "a\n" occurs twice in one object"#)
    #expect(JSONError(.init(rawValue: "new_kind"), offset: 1).description.hasSuffix("new_kind"))
  }

  @Test("refuses a name that occurs twice, at any depth and however escaped")
  func duplicates() {
    let cases: [(String, Int, String)] = [
      (#"{"a":1,"a":2}"#, 7, "a"), (#"{"a":1,"\u0061":2}"#, 7, "a"),
      (#"{"\u0061":1,"b":0,"a":1}"#, 18, "a"), (#"[[{"x":{"":1, "":2}}]]"#, 14, ""),
      (#"{"😀":1,"\uD83D\uDE00":2}"#, 10, "😀"), (#"{"a\/":1,"a/":2}"#, 9, "a/"),
    ]
    for (text, offset, name) in cases {
      #expect(
        JSONTest.error(text) == JSONError(.duplicateName, offset: offset, name: name), "\(text)")
      #expect(JSONTest.grammarAccepts(Array(text.utf8)), "the grammar does not look for it")
    }
    // Names Swift's strings take for equal are different names.
    #expect(JSONTest.error("{\"\u{E9}\":1,\"e\u{301}\":2}") == nil)
    let many = (0..<100).map { "\"n\($0)\":0" }.joined(separator: ",")
    #expect(JSONTest.error("{\(many)}") == nil)
    for name in ["n0", "n15", "n16", "n17", "n99"] {
      #expect(JSONTest.error("{\(many),\"\(name)\":0}")?.name == name)
    }
  }

  @Test("bounds the depth")
  func depth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONTest.error(nested(128)) == nil)
    #expect(JSONTest.error(nested(129)) == JSONError(.tooDeep, offset: 128))
    #expect(JSONTest.error(#"{"a":[{}]}"#, JSONLimits(depth: 3)) == nil)
    #expect(JSONTest.error(#"{"a":[{}]}"#, JSONLimits(depth: 2)) == JSONError(.tooDeep, offset: 6))
    #expect(JSONTest.error("[[],[],[[]]]", JSONLimits(depth: 3)) == nil, "depth is not a count")
    #expect(JSONTest.error("1", JSONLimits(depth: 0)) == nil)
    #expect(JSONTest.error("[]", JSONLimits(depth: 0)) == JSONError(.tooDeep, offset: 0))
    #expect(JSONTest.error("[]", JSONLimits(depth: -1))?.code == .tooDeep)
    #expect(JSONTest.error(nested(2000), JSONLimits(depth: 2000)) == nil)
  }

  @Test("bounds the length, in bytes")
  func length() {
    #expect(JSONTest.error(#""é""#, JSONLimits(length: 4)) == nil)
    #expect(JSONTest.error(#""é""#, JSONLimits(length: 3)) == JSONError(.tooLong, offset: 3))
    #expect(JSONTest.error("", JSONLimits(length: -1))?.code == .tooLong)
    let blanks = String(repeating: " ", count: 1 << 20)
    #expect(JSONTest.error("1" + blanks)?.code == .tooLong)
    #expect(JSONTest.error("1" + blanks.dropLast()) == nil)
  }
}
