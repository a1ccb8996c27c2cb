import JournalEngine

/// A time that a member of a file gives, and what could not be taken of it as it is written.
struct ReadTime: Sendable {
  /// Nil where the member gives none.
  private(set) var time: Timestamp?
  /// Clauses.
  private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - earliest: decides which of two is meant where a clock showed the time twice.
  ///   - now: nothing can have happened later.
  ///   - other: what stands instead of a time that cannot be read; nil where the caller tells.
  init(
    _ name: String, of members: JSONObject, zone: Zone, notBefore earliest: Timestamp = .earliest,
    now: Timestamp, otherwise other: String? = nil
  ) {
    guard let value = members[name], !value.isNull else { return }
    guard let text = value.string, let read = OldTime(text, in: zone) else {
      if let other { remarks.append("\(Self.lack(of: name, members)): \(other)") }
      return
    }
    if let second = read.again, read.time < earliest, second >= earliest, second <= now {
      remarks.append("\(text) was twice in \(zone): the second is meant, as the first is too early")
      time = second
      return
    }
    if let remark = read.remark { remarks.append(remark) }
    if read.time > now { remarks.append("\(name) is later than now: it stands as of now") }
    time = min(read.time, now)
  }

  /// Why a member gives no time, as a clause.
  static func lack(of name: String, _ members: JSONObject) -> String {
    guard let value = members[name], !value.isNull else { return "\(name) is missing" }
    return "\(name) is \(value.shown), which is not a time"
  }
}
