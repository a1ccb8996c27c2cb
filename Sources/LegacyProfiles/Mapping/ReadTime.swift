import JournalEngine

/// A time that a member of a file gives, and what could not be taken of it as it is written.
struct ReadTime: Sendable {
  /// Nil where the member gives none.
  private(set) var time: Timestamp?
  /// Clauses.
  private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - now: nothing can have happened later.
  ///   - other: what stands instead of a time that cannot be read.
  init(
    _ name: String, of members: JSONObject, zone: Zone, now: Timestamp, otherwise other: String
  ) {
    guard let value = members[name], !value.isNull else { return }
    guard let read = value.string.flatMap({ OldTime($0, in: zone) }) else {
      remarks.append("\(name) is \(value.shown), which is not a time: \(other)")
      return
    }
    if let remark = read.remark { remarks.append(remark) }
    if read.time > now { remarks.append("\(name) is later than now: it stands as of now") }
    time = min(read.time, now)
  }
}
