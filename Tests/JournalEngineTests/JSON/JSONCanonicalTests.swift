import Testing

@testable import JournalEngine

@Suite("Canonical JSON")
struct JSONCanonicalTests {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try JSON(parsing: text).canonicalBytes(), as: UTF8.self)
  }

  @Test("is RFC 8785's for the example of its section 3.2.2, but for the number a double rounds")
  func example() throws {
    let text = #"""
      {
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }
      """#
    let own =
      #"{"literals":[null,true,false],"numbers":[333333333.33333329,1e+30,4.5,0.002,1e-27],"#
      + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(try canonical(text) == own)
    // The RFC has 333333333.3333333 there: the departure canonicalBytes() documents.
    let rounded = text.replacing("333333333.33333329", with: "333333333.3333333")
    #expect(try canonical(rounded) == own.replacing(".33333329", with: ".3333333"))
  }

  @Test("sorts members by UTF-16 code units, as in section 3.2.3")
  func sorting() throws {
    let text = #"""
      {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
      }
      """#
    let expected =
      #"{"\r":"Carriage Return","1":"One","\#u{80}":"Control","#
      + #""ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","#
      + #""😀":"Emoji: Grinning Face","\#u{FB33}":"Hebrew Letter Dalet With Dagesh"}"#
    #expect(Array(try canonical(text).utf8) == Array(expected.utf8))
    #expect(
      try canonical(#"{"b":{"z":1,"y":2},"a":[{"d":1,"c":2}],"":0}"#)
        == #"{"":0,"a":[{"c":2,"d":1}],"b":{"y":2,"z":1}}"#)
  }

  @Test("orders any two names as their UTF-16 does")
  func order() {
    let seed = UInt64.random(in: 0...(.max))
    var random = JSONTestRandom(seed: seed)
    let characters: [Character] = [
      "a", "b", "\u{0}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}",
      "\u{EFFF}",
      "\u{F000}", "\u{FFFF}", "\u{10000}", "\u{1F600}", "\u{10FFFF}",
    ]
    for _ in 0..<20_000 {
      let left = String((0..<random.below(4)).map { _ in random.pick(characters) })
      let right = String((0..<random.below(4)).map { _ in random.pick(characters) })
      #expect(
        JSONCanonicalOrder.precedes(left, right)
          == left.utf16.lexicographicallyPrecedes(right.utf16),
        "seed \(seed)")
    }
  }

  @Test("writes doubles as RFC 8785's Appendix B does")
  func appendixB() {
    let samples: [(UInt64, String)] = [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
      (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"),
      (0xC340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
      (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
      (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
      (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
      (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
      (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
      (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
      (0x41B3_DE43_5555_5557, "333333333.33333343"),
      (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
      (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ]
    for (bits, text) in samples {
      let double = Double(bitPattern: bits)
      #expect(JSONDecimal(double).ecmaScriptText == text)
      #expect(JSONNumber(text: double.description)?.canonicalText == text)
      #expect(JSONNumber(text: text)?.canonicalText == text)
    }
  }

  @Test("gives one form to all texts of a value and its own text to what a double would round")
  func numbers() throws {
    let cases: [(String, String)] = [
      ("1.0", "1"), ("1E2", "100"), ("-0", "0"), ("-0.0e5", "0"), ("0e999999999999999999999", "0"),
      ("100000000000000000000", "100000000000000000000"), ("1000000000000000000000", "1e+21"),
      ("123456789012345", "123456789012345"), ("-12345678901234", "-12345678901234"),
      ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("1.5e-7", "1.5e-7"), ("12.50e1", "125"),
      ("9007199254740992", "9007199254740992"), ("9007199254740993", "9007199254740993"),
      ("9007199254740993.0", "9007199254740993.0"), ("1e400", "1e400"), ("-1e400", "-1e400"),
      ("1e-400", "1e-400"), ("0.10000000000000000001", "0.10000000000000000001"), ("0.1", "0.1"),
      ("1e99999999999999999999", "1e99999999999999999999"), ("0.10", "0.1"),
      ("18446744073709551616", "18446744073709551616"),
      ("18446744073709552000", "18446744073709552000"),
    ]
    for (text, expected) in cases {
      #expect(try canonical(text) == expected, "\(text)")
    }
  }

  @Test("is the same for values that differ in order and form only")
  func insensitive() throws {
    let left = try JSON(parsing: #"{"b":1.0,"a":"\u0041","c":[1e0]}"#)
    let right = try JSON(parsing: #" { "c":[1], "a":"A", "b":1 } "#)
    #expect(left.canonicalBytes() == right.canonicalBytes())
    #expect(
      left.canonicalBytes() != (try JSON(parsing: #"{"b":1,"a":"a","c":[1]}"#)).canonicalBytes())
  }

  @Test("reads back and stays as it is, whatever the value")
  func stable() throws {
    let seed = UInt64.random(in: 0...(.max))
    var random = JSONTestRandom(seed: seed)
    for _ in 0..<5_000 {
      guard let value = try? JSON(parsing: JSONTest.randomText(using: &random)) else { continue }
      let bytes = value.canonicalBytes()
      #expect(try JSON(parsing: bytes).canonicalBytes() == bytes, "seed \(seed)")
    }
  }
}
