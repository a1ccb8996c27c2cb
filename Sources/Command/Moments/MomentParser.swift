package import JournalEngine

/// Reads a point in time or in a history: `2025-10-01T12:00:00Z`, `2025-10-01`, `now`,
/// `yesterday`, `-2h`, `-7d`, or a `seq`.
///
/// Days without a zone are days in UTC, as all times that the program prints are.
package struct MomentParser {
  package let now: Timestamp

  package init(now: Timestamp) { self.now = now }

  /// A point: a plain number is a `seq`, everything else a time.
  package func point(_ text: String) throws(UsageError) -> Point {
    if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
      guard let seq = Int64(text) else {
        throw UsageError(message: "\(text) is too large for a seq", hint: nil)
      }
      return .seq(seq)
    }
    return .time(try time(text))
  }

  package func time(_ text: String) throws(UsageError) -> Timestamp {
    switch text {
    case "now": return now
    case "yesterday":
      let day: Int64 = 86_400_000_000
      let sinceMidnight = (now.microseconds % day + day) % day
      return now.advanced(byMicroseconds: -sinceMidnight - day)
    default: break
    }
    if let time = relative(text) ?? Self.absolute(text) { return time }
    throw UsageError(
      message: "“\(text.escapedForTerminal)” is not a time",
      hint: "use 2025-10-01T12:00:00Z, 2025-10-01, now, yesterday, -2h, -7d, or a seq")
  }

  /// `-90s`, `-30m`, `-2h`, `-7d`, `-4w`.
  private func relative(_ text: String) -> Timestamp? {
    guard text.hasPrefix("-"), let unit = text.last, let seconds = Self.units[unit],
      text.utf8.dropFirst().first != UInt8(ascii: "+"),
      let count = Int64(text.dropFirst().dropLast()), count >= 0
    else { return nil }
    let (total, overflow) = count.multipliedReportingOverflow(by: seconds * 1_000_000)
    return overflow ? .earliest : now.advanced(byMicroseconds: -total)
  }

  private static let units: [Character: Int64] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  /// RFC 3339 with a zone, its seconds and their fraction optional; or a date.
  private static func absolute(_ text: String) -> Timestamp? {
    var scan = Scan(text)
    guard let year = scan.number(4), scan.take("-"), let month = scan.number(2), scan.take("-"),
      let day = scan.number(2)
    else { return nil }
    if scan.isAtEnd { return Timestamp(year: year, month: month, day: day) }
    guard scan.take("T") || scan.take("t") || scan.take(" "), let hour = scan.number(2),
      scan.take(":"), let minute = scan.number(2)
    else { return nil }
    var second = 0
    var fraction = 0
    if scan.take(":") {
      guard let value = scan.number(2) else { return nil }
      second = value
      if scan.take(".") {
        guard let value = scan.microseconds() else { return nil }
        fraction = value
      }
    }
    guard let offset = scan.zone(), scan.isAtEnd,
      let time = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        microsecond: fraction)
    else { return nil }
    return time.advanced(byMicroseconds: -Int64(offset) * 60_000_000)
  }
}

/// Takes a text apart from its front.
private struct Scan {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func number(_ digits: Int) -> Int? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy({ (48...57).contains($0) }) else { return nil }
    rest = rest.dropFirst(digits)
    return text.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  /// A fraction of a second; digits beyond the sixth are dropped.
  mutating func microseconds() -> Int? {
    let digits = rest.prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let six = (digits.map { Int($0) - 48 } + [0, 0, 0, 0, 0, 0]).prefix(6)
    return six.reduce(0) { $0 * 10 + $1 }
  }

  /// `Z`, `+02:00` or `-0530`, in minutes.
  mutating func zone() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(2) else { return nil }
    _ = take(":")
    guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
