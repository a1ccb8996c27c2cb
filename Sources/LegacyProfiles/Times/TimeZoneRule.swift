import JournalEngine

/// What holds in a zone for all years to come: a POSIX TZ string, as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneRule: Sendable {
  /// Seconds east of UTC.
  private let standard: Int
  private let summer: (offset: Int, start: Day, end: Day)?

  /// When in a year, by the clock on the wall before it.
  private struct Day {
    enum Kind {
      /// The nth (5 is the last) of a weekday (0 is Sunday) in a month.
      case weekday(month: Int, week: Int, day: Int)
      /// From 1 to 365, 29 February never counted.
      case julian(Int)
      /// From 0 to 365.
      case ordinal(Int)
    }
    let kind: Kind
    /// Seconds after midnight.
    let time: Int
  }

  /// Nil for what is none; an empty text is none.
  init?(_ text: String) {
    var rest = Rest(text: Array(text.utf8))
    guard rest.name(), let west = rest.offset() else { return nil }
    standard = -west
    if rest.isAtEnd {
      summer = nil
      return
    }
    guard rest.name() else { return nil }
    var offset = -west + 3600
    if rest.peek != UInt8(ascii: ",") {
      guard let west = rest.offset() else { return nil }
      offset = -west
    }
    guard rest.skip(","), let start = rest.day(), rest.skip(","), let end = rest.day(), rest.isAtEnd
    else { return nil }
    summer = (offset, start, end)
  }

  /// Seconds east of UTC at a moment.
  func offset(at seconds: Int64) -> Int {
    guard let summer else { return standard }
    let local = seconds + Int64(standard)
    let year = Timestamp(microseconds: local.multipliedClamped(by: 1_000_000)).year
    guard let start = Self.moment(summer.start, year, offset: standard),
      let end = Self.moment(summer.end, year, offset: summer.offset)
    else { return standard }
    let isSummer =
      start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isSummer ? summer.offset : standard
  }

  /// - Parameter offset: what holds before it.
  private static func moment(_ day: Day, _ year: Int, offset: Int) -> Int64? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard let first = seconds(year, 1, 1) else { return nil }
    let midnight: Int64
    switch day.kind {
    case .julian(let number):
      midnight = first + Int64(number - 1 + (isLeap && number >= 60 ? 1 : 0)) * 86_400
    case .ordinal(let number): midnight = first + Int64(number) * 86_400
    case .weekday(let month, let week, let weekday):
      guard let first = seconds(year, month, 1) else { return nil }
      let next = month == 12 ? seconds(year + 1, 1, 1) : seconds(year, month + 1, 1)
      // 1970 began on a Thursday.
      let firstWeekday = Int(((first / 86_400 + 4) % 7 + 7) % 7)
      var date = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      let days = next.map { Int(($0 - first) / 86_400) } ?? 31
      while date >= days { date -= 7 }
      midnight = first + Int64(date) * 86_400
    }
    return midnight + Int64(day.time - offset)
  }

  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    Timestamp(year: year, month: month, day: day).map { $0.microseconds / 1_000_000 }
  }

  private struct Rest {
    let text: [UInt8]
    var at = 0

    var isAtEnd: Bool { at == text.count }
    var peek: UInt8? { at < text.count ? text[at] : nil }

    mutating func skip(_ mark: Character) -> Bool {
      guard let peek, peek == mark.asciiValue else { return false }
      at += 1
      return true
    }

    /// Three letters or more, or anything in angle brackets.
    mutating func name() -> Bool {
      let start = at
      if skip("<") {
        while let peek, peek != UInt8(ascii: ">") { at += 1 }
        return skip(">")
      }
      while let peek, (peek | 0x20) >= 0x61, (peek | 0x20) <= 0x7A { at += 1 }
      return at - start >= 3
    }

    mutating func number() -> Int? {
      let start = at
      var value = 0
      while let peek, peek >= 0x30, peek <= 0x39, at - start < 4 {
        value = value * 10 + Int(peek - 0x30)
        at += 1
      }
      return at > start ? value : nil
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    mutating func offset() -> Int? {
      let sign = skip("-") ? -1 : 1
      if sign == 1 { _ = skip("+") }
      guard let hours = number() else { return nil }
      var seconds = hours * 3600
      if skip(":") {
        guard let minutes = number() else { return nil }
        seconds += minutes * 60
        if skip(":") {
          guard let rest = number() else { return nil }
          seconds += rest
        }
      }
      return sign * seconds
    }

    mutating func day() -> Day? {
      let kind: Day.Kind
      if skip("M") {
        guard let month = number(), skip("."), let week = number(), skip("."), let day = number(),
          (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
        else { return nil }
        kind = .weekday(month: month, week: week, day: day)
      } else if skip("J") {
        guard let number = number(), (1...365).contains(number) else { return nil }
        kind = .julian(number)
      } else {
        guard let number = number(), (0...365).contains(number) else { return nil }
        kind = .ordinal(number)
      }
      guard skip("/") else { return Day(kind: kind, time: 7200) }
      guard let time = offset() else { return nil }
      return Day(kind: kind, time: time)
    }
  }
}

extension Timestamp {
  fileprivate var year: Int { Int(description.prefix(4)) ?? 1970 }
}

extension Int64 {
  fileprivate func multipliedClamped(by factor: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? (self < 0 ? .min : .max) : product
  }
}
