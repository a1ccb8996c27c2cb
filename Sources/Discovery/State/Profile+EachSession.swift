import JournalEngine

extension Profile {
  /// Hands out every session once, the one that was started first at first.
  ///
  /// - Throws: what `body` throws; as ``session(_:)``.
  ///
  /// Cost: reads the entries of those that finished long ago, a few thousand sessions at a time.
  package func forEachSession(_ body: (Session) throws -> Void) throws {
    var next = 0
    while next < settled.count {
      let numbers = next..<min(next + 4096, settled.count)
      for session in try settledSessions(numbers) { try body(session) }
      next = numbers.upperBound
    }
    for session in table.oldestFirst { try body(session) }
  }

  /// Hands out sessions, the one that was started last at first.
  ///
  /// - Parameters: as of ``sessions(status:limit:)``.
  /// - Throws: what `body` throws; as ``session(_:)``.
  ///
  /// Cost: as ``forEachSession(_:)``, of those that are asked for.
  package func forEachNewest(
    status: Session.Status? = nil, limit: Int? = nil, _ body: (Session) throws -> Void
  ) throws {
    var rest = max(0, limit ?? .max)
    for session in table.newestFirst where status == nil || session.status == status {
      guard rest > 0 else { return }
      rest -= 1
      try body(session)
    }
    // No more than there are: looking on for one that is not there would take all rows.
    rest = min(rest, status.map(tally.count) ?? settled.count)
    guard rest > 0 else { return }
    for numbers in try newestSettled(rest, status) {
      // A repair may have put another in its place since the numbers were looked up.
      for session in try settledSessions(numbers).reversed()
      where status == nil || session.status == status {
        try body(session)
      }
    }
  }

  /// The numbers of the newest settled sessions of a status, newest first, in ranges that are read
  /// at once.
  private func newestSettled(_ limit: Int, _ status: Session.Status?) throws -> [Range<Int>] {
    try settled.read(Profile.self) { records in
      try newest(limit, of: settled.count) {
        try status == nil || records.span($0).label == status?.label
      }
    } replayed: { whole in
      newest(limit, of: min(settled.count, whole.table.count)) {
        status == nil || whole.table[place: $0].status == status
      }
    }
  }

  private func newest(
    _ limit: Int, of count: Int, where isWanted: (Int) throws -> Bool
  ) rethrows -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var rest = limit
    for number in (0..<count).reversed() {
      if rest == 0 { break }
      guard try isWanted(number) else { continue }
      rest -= 1
      if let last = ranges.last, last.lowerBound == number + 1, last.count < 4096 {
        ranges[ranges.count - 1] = number..<last.upperBound
      } else {
        ranges.append(number..<number + 1)
      }
    }
    return ranges
  }

  private func settledSessions(_ numbers: Range<Int>) throws -> [Session] {
    try settled.read(Profile.self) { records in
      // Others may have begun before these had ended.
      let found = try records.replay(numbers, as: Profile.self).table.oldestFirst
      return Array(found.prefix(numbers.count))
    } replayed: { whole in
      Array(whole.table.oldestFirst.dropFirst(numbers.lowerBound).prefix(numbers.count))
    }
  }
}
