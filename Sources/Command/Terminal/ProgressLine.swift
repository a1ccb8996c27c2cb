/// The words of a progress line: `verifying profile_x  42%  1.2 GB/s  3 s left`.
package struct ProgressLine: Sendable, Equatable {
  /// What is counted.
  package enum Unit: Sendable, Equatable {
    case bytes
    /// Things by their name in the plural, as `entries`.
    case items(String)
  }

  package var label: String
  /// How much there is to do; nil where nobody knows, and then no end is foretold.
  package var total: Int64?
  package var unit: Unit

  package init(label: String, total: Int64?, unit: Unit) {
    self.label = label
    self.total = total
    self.unit = unit
  }

  package func text(done: Int64, nanoseconds: UInt64) -> String {
    var parts = [label.escapedForTerminal]
    let rate = nanoseconds > 0 ? Double(done) * 1e9 / Double(nanoseconds) : 0
    if let total, total > 0 {
      // Rounded down: a hundred is said only of what is complete.
      let share = Double(min(max(done, 0), total)) / Double(total)
      parts.append("\(Int(share * 100))%")
    } else {
      parts.append(amount(Double(done)))
    }
    if rate > 0 {
      parts.append(amount(rate) + "/s")
      if let total, total > done {
        parts.append(Self.duration(seconds: Double(total - done) / rate) + " left")
      }
    }
    return parts.joined(separator: "  ")
  }

  private func amount(_ count: Double) -> String {
    switch unit {
    case .bytes: Self.bytes(count)
    case .items(let name): "\(Self.scaled(count, suffixes: ["", "k", "M", "G"], blank: "")) \(name)"
    }
  }

  /// `950 B`, `1.2 GB`: powers of ten, and one decimal below ten.
  package static func bytes(_ count: Double) -> String {
    scaled(count, suffixes: ["B", "kB", "MB", "GB", "TB", "PB"], blank: " ")
  }

  private static func scaled(_ count: Double, suffixes: [String], blank: String) -> String {
    var value = max(0, count)
    var index = 0
    // 999.5 would be rounded to 1000.
    while value >= 999.5, index < suffixes.count - 1 {
      value /= 1000
      index += 1
    }
    let suffix = suffixes[index].isEmpty ? "" : blank + suffixes[index]
    if index == 0 || value >= 9.95 { return "\(whole(value))\(suffix)" }
    let tenths = whole(value * 10)
    return "\(tenths / 10).\(tenths % 10)\(suffix)"
  }

  /// `3 s`, `2 min 5 s`, `1 h 2 min`, `3 d 4 h`.
  package static func duration(seconds: Double) -> String {
    let seconds = whole(seconds.rounded(.up))
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    case ..<86_400: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
    }
  }

  /// Rounded to a whole number that any result of a division has.
  private static func whole(_ value: Double) -> Int64 {
    Int64(exactly: min(value, 1e15).rounded()) ?? 0
  }
}
