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
    let value = unsafe String(text).utf8.span.withUnsafeBytes { unsafe Timestamp(text: $0) }
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
      day <= 28 || day <= Self.days(inMonth: month, of: year), (0...23).contains(hour),
      (0...59).contains(minute), (0...59).contains(second), (0...999_999).contains(microsecond)
    else { return nil }
    let seconds = Self.days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
    microseconds = Int64(seconds) * 1_000_000 + Int64(microsecond)
  }

  package init?(text bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.textLength, let base = bytes.baseAddress else { return nil }
    unsafe self.init(text: base)
  }

  /// The same of ``textLength`` bytes, eight at a time: every line has a time.
  init?(text base: UnsafeRawPointer) {
    var odd: UInt64 = 0
    // A word's digits, as numbers; what is no digit has to be the one mark that stands there.
    func digits(_ start: Int, _ places: UInt64, _ marks: UInt64) -> UInt64 {
      let word = unsafe base.word(start)
      let values = (word ^ 0x3030_3030_3030_3030) & places
      odd |= (word & ~places) ^ marks
      odd |= (values | (values &+ (0x0606_0606_0606_0606 & places))) & 0xF0F0_F0F0_F0F0_F0F0
      return values
    }
    // `2025-10-`, `01T12:00`, `:00.1234`, `123456Z` with what comes before it.
    let date = digits(0, 0x00FF_FF00_FFFF_FFFF, 0x2D00_002D_0000_0000)
    let hours = digits(8, 0xFFFF_00FF_FF00_FFFF, 0x0000_3A00_0054_0000)
    let seconds = digits(16, 0xFFFF_FFFF_00FF_FF00, 0x0000_0000_2E00_003A)
    let end = digits(19, 0x00FF_FFFF_FFFF_FF00, 0x5A00_0000_0000_002E)
    guard odd == 0 else { return nil }
    // Each byte with the one behind it, as two digits: at most 99.
    func pairs(_ digits: UInt64) -> UInt64 { digits &* 10 &+ digits &>> 8 }
    func pair(_ pairs: UInt64, _ place: UInt64) -> Int { Int(pairs &>> (place &* 8) & 0xFF) }
    let (years, times, micros) = (pairs(date), pairs(hours), pairs(end))
    self.init(
      year: pair(years, 0) &* 100 &+ pair(years, 2), month: pair(years, 5), day: pair(times, 0),
      hour: pair(times, 3), minute: pair(times, 6), second: pair(pairs(seconds), 1),
      microsecond: (pair(micros, 1) &* 100 &+ pair(micros, 3)) &* 100 &+ pair(micros, 5))
  }

  public var description: String {
    let text = text
    return unsafe text.span.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// What ``description`` writes, in ASCII.
  package var text: InlineArray<27, UInt8> {
    let (days, microOfDay) = Int(microseconds).flooredDivision(by: 86_400_000_000)
    let (year, month, day) = Self.date(days)
    let (second, micro) = (microOfDay / 1_000_000, microOfDay % 1_000_000)
    var text = InlineArray<27, UInt8>(repeating: 0)
    func put(_ pair: Int, at place: Int, before mark: Unicode.Scalar? = nil) {
      text[place] = JSONByte.zero &+ UInt8(truncatingIfNeeded: pair / 10)
      text[place + 1] = JSONByte.zero &+ UInt8(truncatingIfNeeded: pair % 10)
      if let mark { text[place + 2] = UInt8(ascii: mark) }
    }
    put(year / 100, at: 0)
    put(year % 100, at: 2, before: "-")
    put(month, at: 5, before: "-")
    put(day, at: 8, before: "T")
    put(second / 3600, at: 11, before: ":")
    put(second / 60 % 60, at: 14, before: ":")
    put(second % 60, at: 17, before: ".")
    put(micro / 10_000, at: 20)
    put(micro / 100 % 100, at: 22)
    put(micro % 100, at: 24, before: "Z")
    return text
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
