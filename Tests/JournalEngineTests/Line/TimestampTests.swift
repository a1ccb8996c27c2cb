import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "are written with six decimals and Z, and read back",
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"),
      (-1, "1969-12-31T23:59:59.999999Z"),
      (1_759_320_000_123_456, "2025-10-01T12:00:00.123456Z"),
      (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
      (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ] as [(Int64, String)])
  func known(_ microseconds: Int64, _ text: String) {
    #expect(Timestamp(microseconds: microseconds).description == text)
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(
    "are read in that one form only",
    arguments: [
      "", "2025-10-01T12:00:00Z", "2025-10-01T12:00:00.123Z", "2025-10-01T12:00:00.1234567Z",
      "2025-10-01T12:00:00.123456z", "2025-10-01t12:00:00.123456Z", "2025-10-01 12:00:00.123456Z",
      "2025-10-01T12:00:00,123456Z", "2025-10-01T12:00:00.123456", "2025/10/01T12:00:00.123456Z",
      "2025-10-01T12:00:00.12345+0", "2025-10-01T12.00.00.123456Z", "+025-10-01T12:00:00.123456Z",
      "2025-10-01T12:00:00.123456Z ", " 2025-10-01T12:00:00.12345Z", "٢٠٢٥-10-01T12:00:00.1Z",
    ])
  func otherForms(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("take no other byte for a digit or a mark, whatever stands around it")
  func everyByte() {
    for text in ["2025-10-01T12:00:09.000009Z", "1999-09-19T19:59:59.999999Z"] {
      for place in 0..<Timestamp.textLength {
        for byte in UInt8.min...UInt8.max {
          var bytes = Array(text.utf8)
          bytes[place] = byte
          guard let time = bytes.withUnsafeBytes({ Timestamp(text: $0) }) else { continue }
          #expect(Array(time.description.utf8) == bytes, "\(byte) at \(place) of \(text)")
        }
      }
    }
  }

  @Test(
    "are moments that there are",
    arguments: [
      "2025-00-01T12:00:00.000000Z", "2025-13-01T12:00:00.000000Z", "2025-10-00T12:00:00.000000Z",
      "2025-10-32T12:00:00.000000Z", "2025-04-31T12:00:00.000000Z", "2025-02-29T12:00:00.000000Z",
      "1900-02-29T12:00:00.000000Z", "2025-10-01T24:00:00.000000Z", "2025-10-01T12:60:00.000000Z",
      "2016-12-31T23:59:60.000000Z",
    ])
  func impossible(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("agree with Foundation's calendar on every kind of date")
  func calendar() async throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    try await Property.check("timestamps against Calendar", rounds: 300) { seed in
      var random = SeededGenerator(seed: seed)
      // From 1583 on Foundation's calendar is Gregorian whatever it thinks of the days before.
      let day = Int64(random.below(3_073_800)) - 141_000
      let micro = Int64(random.below(86_400_000_000 / 1000)) * 1000 + Int64(random.below(1000))
      let time = Timestamp(microseconds: day * 86_400_000_000 + micro)
      let date = Date(timeIntervalSince1970: Double(day * 86_400 + micro / 1_000_000))
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second], from: date)
      let same = Timestamp(
        year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0,
        hour: parts.hour ?? 0, minute: parts.minute ?? 0, second: parts.second ?? 0,
        microsecond: Int(micro % 1_000_000))
      try Violation.unless(same == time, "\(time) is not \(String(describing: same))")
      try Violation.unless(Timestamp(time.description) == time, "\(time) is not read back")
    }
  }

  @Test("sort as their texts do")
  func order() {
    var random = SeededGenerator(seed: 3)
    let times = (0..<200).map { _ in
      Timestamp(
        microseconds: Int64.random(
          in: -70_000_000_000_000_000...260_000_000_000_000_000,
          using: &random))
    }
    #expect(times.sorted().map(\.description) == times.map(\.description).sorted())
  }

  @Test("stay within the years that four digits hold")
  func clamped() {
    #expect(Timestamp(microseconds: .min) == .earliest)
    #expect(Timestamp(microseconds: .max) == .latest)
    #expect(Timestamp.latest.advanced(byMicroseconds: .max) == .latest)
    #expect(Timestamp.earliest.advanced(byMicroseconds: .min) == .earliest)
    let time = Timestamp(microseconds: 5)
    #expect(time.advanced(byMicroseconds: -7).seconds(since: time) == -7e-6)
  }
}
