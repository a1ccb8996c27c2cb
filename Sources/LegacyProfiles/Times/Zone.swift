/// The zone that times without one were written in.
package struct Zone: Sendable, CustomStringConvertible {
  private enum Rules {
    case fixed(Int)
    case file(TimeZoneFile)
  }

  private let rules: Rules
  /// As the user named it.
  package let description: String

  package static let utc = Zone(rules: .fixed(0), description: "UTC")

  private init(rules: Rules, description: String) {
    self.rules = rules
    self.description = description
  }

  /// Reads `UTC`, `Z`, an offset as `+02:00`, or a name as `Europe/Berlin`.
  ///
  /// - Parameter file: the bytes of the system's file of a name; nil where there is none.
  /// - Returns: nil where there is no such zone.
  package init?(_ text: String, file: (String) -> [UInt8]?) {
    if text == "UTC" || text == "Z" || text == "GMT" {
      self.init(rules: .fixed(0), description: text)
    } else if let seconds = Self.offset(text[...]) {
      self.init(rules: .fixed(seconds), description: text)
    } else if Self.isName(text), let bytes = file(text), let zone = TimeZoneFile(bytes) {
      self.init(rules: .file(zone), description: text)
    } else {
      return nil
    }
  }

  /// What a clock on the wall in the zone said, as a moment.
  enum Moment {
    case one(Int64)
    /// The clock was set back, and showed it twice.
    case twice(Int64, Int64)
    /// The clock was set ahead, and never showed it: as if it had not been.
    case never(Int64)

    /// Of two the first.
    var seconds: Int64 {
      switch self {
      case .one(let seconds), .twice(let seconds, _), .never(let seconds): seconds
      }
    }
  }

  /// - Parameter local: seconds since 1970 by a clock on the wall.
  func moment(local: Int64) -> Moment {
    switch rules {
    case .fixed(let offset): return .one(local - Int64(offset))
    case .file(let file):
      // No offset is more than a day.
      let before = file.offset(at: local - 86_400)
      let after = file.offset(at: local + 86_400)
      let candidates = Set([before, after]).map { local - Int64($0) }.sorted()
      let real = candidates.filter { file.offset(at: $0) == Int(local - $0) }
      switch real.count {
      case 0: return .never(local - Int64(before))
      case 1: return .one(real[0])
      default: return .twice(real[0], real[1])
      }
    }
  }

  /// `+02:00`, `-0530`, `+02`, in seconds east of UTC.
  static func offset(_ text: Substring) -> Int? {
    let bytes = Array(text.utf8)
    guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return nil
    }
    let digits = bytes.dropFirst().filter { $0 != UInt8(ascii: ":") }
    let hasColon = digits.count != bytes.count - 1
    guard digits.allSatisfy({ (48...57).contains($0) }), digits.count == 2 || digits.count == 4,
      !hasColon || (bytes.count == 6 && bytes[3] == UInt8(ascii: ":"))
    else { return nil }
    let numbers = digits.map { Int($0 - 48) }
    let hours = numbers[0] * 10 + numbers[1]
    let minutes = digits.count == 4 ? numbers[2] * 10 + numbers[3] : 0
    guard hours < 24, minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// Names lead to files: nothing in them may lead elsewhere.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return !text.isEmpty && text.utf8.count < 100
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && part.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2B: true
            default: false
            }
          }
      }
  }
}
