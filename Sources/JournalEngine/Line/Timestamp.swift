/// A moment in UTC, counted in microseconds since 1970-01-01T00:00:00Z, leap seconds left out.
///
/// It is written as `2025-10-01T12:00:00.123456Z`: always six decimals, always `Z`, so that the
/// order of the texts is the order of the moments.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let microseconds: Int64

  public init(microseconds: Int64) {
    self.microseconds = min(max(microseconds, Self.first), Self.last)
  }

  /// Years 0000 to 9999 are what four digits hold.
  private static let first: Int64 = -62_167_219_200_000_000
  private static let last: Int64 = 253_402_300_799_999_999

  public static let earliest = Timestamp(microseconds: first)
  public static let latest = Timestamp(microseconds: last)

  /// Reads exactly the form that ``description`` writes; nil for anything else.
  public init?(_ text: some StringProtocol) {
    var copy = String(text)
    let value = copy.withUTF8 { unsafe Timestamp(text: UnsafeRawBufferPointer($0)) }
    guard let value else { return nil }
    self = value
  }

  /// Length of the text in bytes.
  package static let textLength = 27

  /// The moment of a civil date and time of day, or nil where there is no such date or time.
  public init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    microsecond: Int = 0
  ) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year), (0...23).contains(hour),
      (0...59).contains(minute), (0...59).contains(second), (0...999_999).contains(microsecond)
    else { return nil }
    let seconds = Self.days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
    microseconds = Int64(seconds) * 1_000_000 + Int64(microsecond)
  }

  package init?(text bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.textLength else { return nil }
    func number(_ start: Int, _ count: Int) -> Int? {
      var value = 0
      for index in start..<start + count {
        let digit = unsafe bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    guard unsafe bytes[4] == UInt8(ascii: "-"), unsafe bytes[7] == UInt8(ascii: "-"),
      unsafe bytes[10] == UInt8(ascii: "T"), unsafe bytes[13] == UInt8(ascii: ":"),
      unsafe bytes[16] == UInt8(ascii: ":"), unsafe bytes[19] == UInt8(ascii: "."),
      unsafe bytes[26] == UInt8(ascii: "Z"),
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      let fraction = number(20, 6)
    else { return nil }
    self.init(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      microsecond: fraction)
  }

  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.textLength)
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package func write(into bytes: inout [UInt8]) {
    func put(_ value: Int, _ digits: Int, _ after: Character) {
      var power = 1
      for _ in 1..<digits { power *= 10 }
      while power > 0 {
        bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / power % 10))
        power /= 10
      }
      bytes.append(after.asciiValue ?? UInt8(ascii: "?"))
    }
    let (days, microOfDay) = Int(microseconds).flooredDivision(by: 86_400_000_000)
    let (year, month, day) = Self.date(days)
    let second = microOfDay / 1_000_000
    put(year, 4, "-")
    put(month, 2, "-")
    put(day, 2, "T")
    put(second / 3600, 2, ":")
    put(second / 60 % 60, 2, ":")
    put(second % 60, 2, ".")
    put(microOfDay % 1_000_000, 6, "Z")
  }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// Seconds from `earlier` to this moment.
  public func seconds(since earlier: Timestamp) -> Double {
    Double(microseconds - earlier.microseconds) / 1e6
  }

  /// This moment moved by a number of microseconds, kept within the years 0000 to 9999.
  public func advanced(byMicroseconds delta: Int64) -> Timestamp {
    let (sum, overflow) = microseconds.addingReportingOverflow(delta)
    return overflow ? (delta < 0 ? .earliest : .latest) : Timestamp(microseconds: sum)
  }

  // Days since 1970-01-01 in the proleptic Gregorian calendar, by the 400-year cycle of 146,097
  // days that begins on the first of March, after Howard Hinnant, "chrono-compatible low-level
  // date algorithms".
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shifted.flooredDivision(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Int {
  /// Quotient rounded towards minus infinity, and the remainder that is never negative.
  fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
