import JournalEngine
import Testing

@testable import Command

@Suite("Points in time, as users write them")
struct MomentParserTests {
  /// A moment with a day, an hour and microseconds of its own.
  private let parser = MomentParser(
    now: Timestamp("2025-10-01T12:34:56.789012Z") ?? .earliest)

  static let understood: [(String, String)] = [
    ("now", "2025-10-01T12:34:56.789012Z"),
    ("yesterday", "2025-09-30T00:00:00.000000Z"),
    ("2025-10-01", "2025-10-01T00:00:00.000000Z"),
    ("2024-02-29", "2024-02-29T00:00:00.000000Z"),
    ("0000-01-01", "0000-01-01T00:00:00.000000Z"),
    ("9999-12-31", "9999-12-31T00:00:00.000000Z"),
    ("2025-10-01T12:00:00Z", "2025-10-01T12:00:00.000000Z"),
    ("2025-10-01t12:00:00z", "2025-10-01T12:00:00.000000Z"),
    ("2025-10-01 12:00:00Z", "2025-10-01T12:00:00.000000Z"),
    ("2025-10-01T12:00Z", "2025-10-01T12:00:00.000000Z"),
    ("2025-10-01T12:00:00.5Z", "2025-10-01T12:00:00.500000Z"),
    ("2025-10-01T12:00:00.123456Z", "2025-10-01T12:00:00.123456Z"),
    ("2025-10-01T12:00:00.123456999Z", "2025-10-01T12:00:00.123456Z"),
    ("2025-10-01T12:00:00+02:00", "2025-10-01T10:00:00.000000Z"),
    ("2025-10-01T01:00:00+0530", "2025-09-30T19:30:00.000000Z"),
    ("2025-10-01T23:30:00-01:00", "2025-10-02T00:30:00.000000Z"),
    ("2025-10-01T12:00:00-00:00", "2025-10-01T12:00:00.000000Z"),
    ("-0s", "2025-10-01T12:34:56.789012Z"),
    ("-90s", "2025-10-01T12:33:26.789012Z"),
    ("-30m", "2025-10-01T12:04:56.789012Z"),
    ("-2h", "2025-10-01T10:34:56.789012Z"),
    ("-7d", "2025-09-24T12:34:56.789012Z"),
    ("-4w", "2025-09-03T12:34:56.789012Z"),
    ("-9999999w", "0000-01-01T00:00:00.000000Z"),
    ("-9223372036854775807w", "0000-01-01T00:00:00.000000Z"),
  ]

  @Test("are understood", arguments: understood)
  func times(text: String, expected: String) throws {
    #expect(try parser.time(text).description == expected)
    #expect(try parser.point(text) == .time(try #require(Timestamp(expected))))
  }

  @Test(
    "A plain number is the number of an entry",
    arguments: [
      ("0", 0), ("1", 1), ("120", 120), ("007", 7), ("20251001", 20_251_001),
      ("9223372036854775807", .max),
    ] as [(String, Int64)])
  func seqs(text: String, seq: Int64) throws {
    #expect(try parser.point(text) == .seq(seq))
  }

  static let others = [
    "", " ", "soon", "Now", "NOW", "today", "-", "--2h", "-2", "-2y", "-2H", "2h", "+2h", "-+2h",
    "--", "-2 h", "-h", "-1.5h", "-２h", "１", "1 ", "+1", "2025-1-1", "2025-10-1",
    "2025-13-01", "2025-00-01", "2025-02-29", "2025-10-32", "2025-10-00", "2025/10/01",
    "2025-10-01T", "2025-10-01T12", "2025-10-01T12:00:00", "2025-10-01T24:00:00Z",
    "2025-10-01T12:60:00Z", "2025-10-01T12:00:60Z", "2025-10-01T12:00:00.Z",
    "2025-10-01T12:00:00,5Z", "2025-10-01T12:00:00+24:00", "2025-10-01T12:00:00+02:60",
    "2025-10-01T12:00:00+2", "2025-10-01T12:00:00+", "2025-10-01T12:00:00ZZ",
    "2025-10-01T12:00:00Z ", " 2025-10-01", "-2025-10-01", "2025-10-01Z", "2025-10-01\u{301}",
    "\u{0}", "yesterday\n",
  ]

  @Test("Everything else is refused with the forms that there are", arguments: others)
  func refused(text: String) throws {
    let error = try #require(throws: UsageError.self) { try parser.point(text) }
    #expect(error.message == "“\(text.escapedForTerminal)” is not a time")
    #expect(
      error.hint == "use 2025-10-01T12:00:00Z, 2025-10-01, now, yesterday, -2h, -7d, or a seq")
  }

  @Test("A number that is too large is refused as one")
  func tooLarge() throws {
    let error = try #require(throws: UsageError.self) {
      try parser.point("9223372036854775808")
    }
    #expect(error.message == "9223372036854775808 is too large for a seq")
  }

  @Test("Yesterday begins at midnight in UTC, also right after one and right before the next")
  func midnight() throws {
    for (now, expected) in [
      ("2025-10-01T00:00:00.000000Z", "2025-09-30T00:00:00.000000Z"),
      ("2025-10-01T23:59:59.999999Z", "2025-09-30T00:00:00.000000Z"),
      ("2025-03-01T00:00:00.000000Z", "2025-02-28T00:00:00.000000Z"),
      ("1969-12-31T06:00:00.000000Z", "1969-12-30T00:00:00.000000Z"),
    ] {
      let parser = MomentParser(now: try #require(Timestamp(now)))
      #expect(try parser.time("yesterday").description == expected)
    }
  }
}
