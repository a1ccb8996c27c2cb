import Testing

@testable import JournalEngine

@Suite("JSON numbers")
struct JSONNumberTests {
  @Test(
    "keep their exact text",
    arguments: [
      "0", "-0", "-0.0", "1.0", "1.50", "1E2", "1e+02", "0.10000000000000000001", "1e400",
      "9007199254740993", "123456789012345678901234567890.5e-10",
    ])
  func exactText(_ text: String) throws {
    #expect(JSONNumber(text: text)?.text == text)
    #expect(try JSON(parsing: "[\(text), \(text)]").text == "[\(text),\(text)]")
  }

  @Test(
    "are nothing but what the grammar allows",
    arguments: [
      "", " 1", "1 ", "01", "+1", "1.", ".1", "1e", "0x1", "NaN", "inf", "1,2", "--1", "١",
    ])
  func refused(_ text: String) {
    #expect(JSONNumber(text: text) == nil)
  }

  @Test("are equal where their texts are")
  func equality() {
    #expect(JSONNumber(text: "1.0") != JSONNumber(text: "1"))
    #expect(JSONNumber(text: "1") == JSONNumber(1))
    #expect(JSONNumber(text: "12345"[...].dropFirst(2)) == JSONNumber(345))
  }

  @Test("give an integer only where they are written as one that fits")
  func integers() {
    let cases: [(String, Int64?)] = [
      ("0", 0), ("-0", 0), ("42", 42), ("-7", -7), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775808", nil), ("1.0", nil), ("1e2", nil),
      ("-9223372036854775809", nil),
    ]
    for (text, expected) in cases {
      #expect(JSONNumber(text: text)?.int == expected, "\(text)")
    }
  }

  @Test("give the nearest double")
  func doubles() {
    let cases: [(String, Double)] = [
      ("0.1", 0.1), ("1E2", 100), ("9007199254740993", 9_007_199_254_740_992), ("1e400", .infinity),
      ("-1e400", -.infinity), ("1e-400", 0), ("5e-324", .leastNonzeroMagnitude),
      ("1e99999999999999999999999", .infinity), ("1e-99999999999999999999999", 0),
      ("0e99999999999999999999999", 0), ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("0." + String(repeating: "0", count: 400) + "1e401", 1),
      // Half way between two doubles, and just beyond.
      ("1.00000000000000011102230246251565404236316680908203125", 1),
      ("1.00000000000000011102230246251565404236316680908203126", 1.0000000000000002),
    ]
    for (text, expected) in cases {
      #expect(JSONNumber(text: text)?.double == expected, "\(text)")
    }
  }

  @Test("are made of doubles with the shortest text that reads back")
  func ofDoubles() {
    let cases: [(Double, String)] = [
      (1, "1"), (0.1, "0.1"), (-0.0, "-0"), (0, "0"), (1e21, "1e+21"),
      (1e20, "100000000000000000000"),
      (.leastNonzeroMagnitude, "5e-324"), (-1.5, "-1.5"),
    ]
    for (double, text) in cases {
      #expect(JSONNumber(double)?.text == text)
    }
    #expect(JSONNumber(Double.nan) == nil)
    #expect(JSONNumber(Double.infinity) == nil)
    #expect(JSONNumber(-Double.infinity) == nil)
  }

  @Test("read back as the double they were made of, whatever its bits")
  func roundTrip() {
    let seed: UInt64 = 20_240_517
    var random = JSONTestRandom(seed: seed)
    for _ in 0..<50_000 {
      let double = Double(bitPattern: random.next())
      guard double.isFinite else { continue }
      let number = JSONNumber(double)
      #expect(number?.double.bitPattern == double.bitPattern, "seed \(seed): \(double)")
      #expect(number.flatMap { JSONNumber(text: $0.text) } == number, "seed \(seed): \(double)")
    }
  }

  @Test("compare by decimal value whatever their form")
  func decimals() {
    let same = [
      ["0", "-0", "0.0", "0e5", "-0.000e-99999999999999999999", "0e99999999999999999999"],
      ["1", "1.0", "10e-1", "0.1e1", "0.001e+3", "1E0", "1000e-3", "1e-0"],
      ["-120", "-1.2e2", "-12e1", "-0.0120e4"], ["0.05", "5e-2", "50E-3"],
      ["1e99999999999999999999"], ["1e-99999999999999999999"], ["9007199254740993"],
      ["9007199254740992", "9.007199254740992e15"], ["0.10000000000000000001"], ["0.1"], ["120"],
    ]
    for (one, texts) in same.enumerated() {
      for (other, others) in same.enumerated() {
        for left in texts {
          for right in others {
            #expect((JSONDecimal(left) == JSONDecimal(right)) == (one == other), "\(left) \(right)")
          }
        }
      }
    }
  }
}
