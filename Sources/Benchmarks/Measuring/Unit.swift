/// What a figure counts, and how it is shown.
enum Unit: Hashable {
  /// Things a second.
  case rate(String)
  case seconds
  case bytes
  case bytesPerSecond
  case ratio
  case count(String)

  /// In JSON, where figures are in these units exactly.
  var name: String {
    switch self {
    case .rate(let things): things + "/s"
    case .seconds: "s"
    case .bytes: "bytes"
    case .bytesPerSecond: "bytes/s"
    case .ratio: "ratio"
    case .count(let things): things
    }
  }

  func text(_ value: Double) -> String {
    switch self {
    case .rate(let things): Decimals.grouped(value) + " \(things)/s"
    case .seconds: Self.time(value)
    case .bytes: Decimals.significant(value / 1e6) + " MB"
    case .bytesPerSecond: Decimals.significant(value / 1e6) + " MB/s"
    case .ratio: Decimals.significant(value)
    case .count(let things): Decimals.grouped(value) + " " + things
    }
  }

  /// The number alone where what it counts has been said.
  func short(_ value: Double) -> String {
    switch self {
    case .rate, .count: Decimals.grouped(value)
    default: text(value)
    }
  }

  private static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-3: Decimals.significant(seconds * 1e6) + " µs"
    case ..<1: Decimals.significant(seconds * 1e3) + " ms"
    default: Decimals.significant(seconds) + " s"
    }
  }
}

/// Numbers for people.
enum Decimals {
  /// Three digits that matter, never in powers of ten.
  static func significant(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    switch value.magnitude {
    case 99.95...: return grouped(value)
    case 9.995...: return fixed(value, 1)
    case 0.0995...: return fixed(value, 2)
    default: return fixed(value, 3)
    }
  }

  /// A whole number, thousands apart; small ones keep one digit behind the point.
  static func grouped(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "–" }
    if value.magnitude < 100, value != value.rounded() { return fixed(value, 1) }
    var digits = Array(String(Int(value.rounded())))
    var place = digits.count - 3
    while place > (digits.first == "-" ? 1 : 0) {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  private static func fixed(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: places - fraction.count)
    return (value < 0 ? "-" : "") + "\(scaled / scale).\(zeros)\(fraction)"
  }
}
