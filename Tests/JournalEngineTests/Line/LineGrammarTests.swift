import JournalEngine
import JournalTestSupport
import Testing

@Suite("A line is one JSON object")
struct LineGrammarTests {
  private let good = Sample().text

  @Test(
    "with nothing before or after it",
    arguments: [
      (" ", ""), ("", " "), ("", "\r"), ("\r", ""), ("\t", ""), ("", "\t"), ("\u{FEFF}", ""),
      ("", "\u{0}"), ("\u{0}", ""), ("", "{}"), ("", ","), ("[", "]"), ("", "\n"), ("", "}"),
      ("{", ""),
    ])
  func around(_ before: String, _ after: String) {
    #expect(Sample.scan(good) != nil)
    #expect(Sample.scan(before + good + after) == nil)
  }

  @Test("and not another value", arguments: ["", "{}", "[]", "1", "\"x\"", "null", "{", "}", "}{"])
  func others(_ text: String) {
    #expect(Sample.scan(text) == nil)
  }

  @Test("with blanks between its tokens, a carriage return among them")
  func blanks() {
    let spaced = good.replacing("{", with: "{ \t").replacing("\":", with: "\" \r:\t ")
      .replacing(",\"", with: " ,\r \"").replacing("}", with: " }")
    #expect(spaced != good)
    #expect(Sample.scan(spaced) != nil)
  }

  @Test("and not with commas that are missing or too many")
  func commas() {
    for text in [
      good.replacing(",\"type", with: "\"type"), good.replacing(",\"type", with: ",,\"type"),
      good.replacing("}", with: ",}"), good.replacing("{", with: "{,"),
      good.replacing("\"type\":", with: "\"type\""), good.replacing("\"type\":", with: "type:"),
      good.replacing("\"type\":", with: "\"type\"::"),
    ] {
      #expect(Sample.scan(text) == nil, "\(text)")
    }
  }

  @Test("with no name twice at its top level, however it is spelled")
  func duplicates() {
    for (name, value) in [
      ("\"seq\"", "7"), (#""\u0073eq""#, "7"), (#""s\u0065\u0071""#, "7"),
      (#""prev""#, "\"\(Sample.prev)\""), (#""typ\u0065""#, "\"x\""),
    ] {
      #expect(Sample.scan(Sample().adding(name, value).text) == nil, "\(name)")
    }
    let twice = Sample().adding("\"x\"", "1")
    #expect(Sample.scan(twice.text) != nil)
    #expect(Sample.scan(twice.adding("\"x\"", "1").text) == nil)
    #expect(Sample.scan(twice.adding(#""\u0078""#, "2").text) == nil)
    #expect(Sample.scan(twice.adding("\"y\"", "1").text) != nil)
    #expect(Sample.scan(Sample().adding(#""/""#, "1").adding(#""\/""#, "1").text) == nil)
  }

  @Test("whose names are compared byte by byte, not as people read them")
  func canonicalEquivalence() {
    let composed = Sample().adding("\"\u{E9}\"", "1")
    #expect(Sample.scan(composed.adding("\"e\u{301}\"", "2").text) != nil)
    #expect(Sample.scan(composed.adding(#""\u00e9""#, "2").text) == nil)
    #expect(Sample.scan(Sample().adding("\"K\"", "1").adding("\"\u{212A}\"", "1").text) != nil)
  }

  @Test("with a member spelled with escapes as good as plain")
  func escapedName() throws {
    var sample = Sample()
    sample.members[0].name = #""\u0073eq""#
    #expect(try #require(Sample.scan(sample.text)).seq == 7)
  }

  @Test("with names twice further down")
  func duplicatesBelow() {
    #expect(Sample.scan(Sample().with("data", #"{"a":1,"a":2}"#).text) != nil)
    #expect(Sample.scan(Sample().with("data", #"{"seq":1,"prev":2}"#).text) != nil)
  }

  @Test("in valid UTF-8")
  func encoding() throws {
    let mark = Array("subject-here".utf8)
    let line = Array(Sample().with("subject", "\"subject-here\"").text.utf8)
    let place = try #require(line.indices.first { line[$0...].starts(with: mark) })
    func with(_ bytes: [UInt8]) -> [UInt8] {
      line[..<place] + bytes + line[(place + mark.count)...]
    }
    for good: [UInt8] in [[0xC3, 0xA9], [0xF0, 0x9F, 0x98, 0x80], [0xEF, 0xBF, 0xBF], [0x7F]] {
      #expect(Sample.scan(with(good)) != nil, "\(good)")
    }
    for bad: [UInt8] in [
      [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xFF], [0xF0, 0x9F, 0x98], [0x00], [0x1F], [0x0A], [0x0D],
    ] {
      #expect(Sample.scan(with(bad)) == nil, "\(bad)")
    }
  }

  @Test("whose escapes make characters: half a surrogate pair is none")
  func surrogates() {
    #expect(Sample.scan(Sample().with("by", #""\ud83d\ude00""#).text) != nil)
    for half in [#""\ud83d""#, #""\ude00""#, #""\ude00\ud83d""#, #""\ud83d\u0041""#, #""\u12""#] {
      #expect(Sample.scan(Sample().with("by", half).text) == nil, "\(half)")
      #expect(Sample.scan(Sample().with("data", "{\"a\":[\(half)]}").text) == nil, "\(half)")
      #expect(Sample.scan(Sample().adding(half, "1").text) == nil, "\(half)")
    }
  }

  @Test("of at most 1 MiB with its newline")
  func length() {
    func line(_ count: Int) -> [UInt8] {
      let rest = Sample().with("subject", "\"\"").text.utf8.count
      let text = String(repeating: "x", count: count - rest)
      return Array(Sample().with("subject", "\"\(text)\"").text.utf8)
    }
    #expect(line(LineFormat.longestLine - 1).count == 1_048_575)
    #expect(Sample.scan(line(LineFormat.longestLine - 1)) != nil)
    #expect(Sample.scan(line(LineFormat.longestLine)) == nil)
  }

  @Test("however deep its data nests")
  func depth() {
    let count = 100_000
    let deep = String(repeating: "[", count: count) + String(repeating: "]", count: count)
    #expect(Sample.scan(Sample().with("data", "{\"a\":\(deep)}").text) != nil)
    #expect(Sample.scan(Sample().with("data", "{\"a\":\(deep)]}").text) == nil)
    #expect(Sample.scan(Sample().with("data", "{\"a\":\(deep.dropLast())}").text) == nil)
  }

  @Test("and every cut of it is torn")
  func cuts() {
    let line = Array(Sample().with("data", #"{"a":[1,{"b":null}]}"#).text.utf8)
    for count in 0..<line.count {
      #expect(Sample.scan(Array(line[..<count])) == nil, "\(count)")
      #expect(Sample.scan(Array(line[(count + 1)...])) == nil, "from \(count)")
    }
  }
}
