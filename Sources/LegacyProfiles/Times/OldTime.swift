package import JournalEngine

/// A time as the earlier programs wrote it: `2025-08-17 21:59:26.862242`, with `T` for the blank, with
/// any number of decimals or none, with `Z`, `+02:00` or, mostly, no zone; or a date alone.
package struct OldTime: Sendable, Hashable {
  package let time: Timestamp
  /// What is to be known of it: that its clock showed it twice, or never.
  package let remark: String?
  /// When its clock showed it once more.
  package let again: Timestamp?

  /// - Parameter zone: where it was written, if it does not say.
  /// - Returns: nil for what is no such time.
  package init?(_ text: String, in zone: Zone) {
    var bytes = Array(text.utf8)[...]
    func number(_ count: Int) -> Int? {
      guard bytes.count >= count, bytes.prefix(count).allSatisfy({ (48...57).contains($0) }) else {
        return nil
      }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count).reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    func skip(_ marks: String) -> Bool {
      guard let first = bytes.first, marks.utf8.contains(first) else { return false }
      bytes = bytes.dropFirst()
      return true
    }
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2)
    else { return nil }
    var (hour, minute, second, micro) = (0, 0, 0, 0)
    if skip("T t") {
      guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
      (hour, minute) = (hours, minutes)
      if skip(":") {
        guard let seconds = number(2) else { return nil }
        second = seconds
        if skip(".,") {
          let digits = bytes.prefix { (48...57).contains($0) }
          guard !digits.isEmpty else { return nil }
          bytes = bytes.dropFirst(digits.count)
          micro = (0..<6).reduce(0) { sum, place in
            sum * 10 + (place < digits.count ? Int(digits[digits.startIndex + place] - 48) : 0)
          }
        }
      }
    }
    guard
      let local = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    let seconds = local.microseconds.flooredSeconds
    let rest = String(decoding: bytes, as: UTF8.self)
    let moment: Zone.Moment
    if rest.isEmpty {
      moment = zone.moment(local: seconds)
    } else if rest == "Z" || rest == "z" {
      moment = .one(seconds)
    } else if let offset = Zone.offset(rest[...]) {
      moment = .one(seconds - Int64(offset))
    } else {
      return nil
    }
    time = Timestamp(microseconds: moment.seconds * 1_000_000 + Int64(micro))
    switch moment {
    case .one: (remark, again) = (nil, nil)
    case .twice(_, let second):
      remark = "\(text) was twice in \(zone): the first is meant"
      again = Timestamp(microseconds: second * 1_000_000 + Int64(micro))
    case .never: (remark, again) = ("\(text) never was in \(zone): clocks were set ahead", nil)
    }
  }
}

extension Int64 {
  /// Microseconds in whole seconds.
  fileprivate var flooredSeconds: Int64 {
    let (seconds, rest) = quotientAndRemainder(dividingBy: 1_000_000)
    return rest < 0 ? seconds - 1 : seconds
  }
}
