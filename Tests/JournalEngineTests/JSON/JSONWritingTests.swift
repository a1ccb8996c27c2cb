import JournalEngine
import Testing

@Suite("Writing JSON")
struct JSONWritingTests {
  @Test("writes compact text with the members in order")
  func compact() throws {
    let text = #"{"z":[1,2.50,{"b":null,"a":true}],"a":"x","e":{},"l":[],"f":false}"#
    #expect(try JSON(parsing: text).text == text)
    #expect("\(try JSON(parsing: text))" == text)
  }

  @Test("escapes quote, backslash and control characters, nothing else")
  func escapes() {
    let expected = [
      #"\u0000"#, #"\u0001"#, #"\u0002"#, #"\u0003"#, #"\u0004"#, #"\u0005"#, #"\u0006"#,
      #"\u0007"#,
      #"\b"#, #"\t"#, #"\n"#, #"\u000b"#, #"\f"#, #"\r"#, #"\u000e"#, #"\u000f"#, #"\u0010"#,
      #"\u0011"#, #"\u0012"#, #"\u0013"#, #"\u0014"#, #"\u0015"#, #"\u0016"#, #"\u0017"#,
      #"\u0018"#,
      #"\u0019"#, #"\u001a"#, #"\u001b"#, #"\u001c"#, #"\u001d"#, #"\u001e"#, #"\u001f"#,
    ]
    for code: UInt8 in 0..<0x80 {
      let character = String(Unicode.Scalar(code))
      let written =
        code < 0x20
        ? expected[Int(code)] : code == 0x22 ? #"\""# : code == 0x5C ? #"\\"# : character
      #expect(JSON.string(character).text == "\"\(written)\"")
      // Within a longer string, where eight bytes are looked at together.
      #expect(JSON.string("0123\(character)89abcdef").text == "\"0123\(written)89abcdef\"")
    }
    let plain = "/é漢😀\u{2028}\u{7F}\u{FFFF}"
    #expect(JSON.string(plain).text == "\"\(plain)\"")
  }

  @Test("appends parts of strings as it does whole ones")
  func parts() {
    let string = "ab\"cd\n😀ef"
    var output = Array("x=".utf8)
    JSONText.appendString(string.dropFirst(2).dropLast().utf8, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == #"x="\"cd\n😀e""#)
  }

  @Test("lays pretty text out as jq does")
  func pretty() throws {
    let value = try JSON(parsing: #"{"a":[1,{"b":[]},[[2]]],"c":{},"d":"x\n"}"#)
    let expected = #"""
      {
        "a": [
          1,
          {
            "b": []
          },
          [
            [
              2
            ]
          ]
        ],
        "c": {},
        "d": "x\n"
      }
      """#
    #expect(value.prettyText() == expected)
    #expect(try JSON(parsing: value.prettyText(indent: 7)) == value)
    #expect(value.prettyText(indent: 1).contains("\n \"a\": [\n  1,\n"))
    #expect(value.prettyText(indent: 0) == value.text)
    #expect(JSON.array([]).prettyText() == "[]" && JSON.null.prettyText() == "null")
  }

  @Test("writes what reads back as the same value, whatever the value")
  func roundTrip() throws {
    let seed = UInt64.random(in: 0...(.max))
    var random = JSONTestRandom(seed: seed)
    var values = 0
    for _ in 0..<5_000 {
      guard let value = try? JSON(parsing: JSONTest.randomText(using: &random)) else { continue }
      values += 1
      #expect(try JSON(parsing: value.text) == value, "seed \(seed)")
      #expect(try JSON(parsing: value.prettyText()).text == value.text, "seed \(seed)")
    }
    #expect(values > 1_000, "seed \(seed)")
  }
}
