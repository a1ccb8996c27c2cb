import JournalEngine

extension Profile {
  /// The session of an id.
  ///
  /// - Throws: `JournalError`, where a session that finished long ago cannot be read.
  ///
  /// Cost: constant, and for one that finished long ago, reading its entries.
  public func session(_ id: String) throws -> Session? {
    if let session = table[id] { return session }
    return try settled.read(Profile.self) { records in
      for number in try records.numbers(of: id) {
        let found = try records.replay(number..<number + 1, as: Profile.self)
        if let session = found.table[id] { return session }
      }
      return nil
    } replayed: { whole in
      whole.table.oldestFirst.prefix(settled.count).first { $0.id.isExactly(id) }
    }
  }

  /// The sessions, newest first.
  ///
  /// - Parameters:
  ///   - status: only those; nil for all.
  ///   - limit: at most so many; nil for all.
  /// - Throws: as ``session(_:)``.
  ///
  /// Cost: reading the entries of those that finished long ago and are asked for.
  public func sessions(status: Session.Status? = nil, limit: Int? = nil) throws -> [Session] {
    let limit = max(0, limit ?? .max)
    let wanted = table.newestFirst.lazy.filter { status == nil || $0.status == status }
    let found = Array(wanted.prefix(limit))
    // No more than there are: looking on for one that is not there would take all rows.
    let rest = min(limit - found.count, status.map(tally.count) ?? settled.count)
    guard rest > 0 else { return found }
    return try found + settledSessions(status, rest)
  }

  private func settledSessions(_ status: Session.Status?, _ limit: Int) throws -> [Session] {
    try settled.read(Profile.self) { records in
      try records.newest(limit, status).flatMap { numbers in
        // Others may have begun before these had ended.
        let found = try records.replay(numbers, as: Profile.self).table.oldestFirst
        return found.prefix(numbers.count).reversed()
      }
    } replayed: { whole in
      let sessions = Array(whole.table.oldestFirst.prefix(settled.count))
      let wanted = sessions.reversed().lazy.filter { status == nil || $0.status == status }
      return Array(wanted.prefix(limit))
    }
  }

  /// How long the completed of the settled sessions and others took, in the middle.
  func medianDuration(with others: [Int64]) throws -> Double? {
    try settled.read(Profile.self) { records in
      try records.median(with: others)
    } replayed: { whole in
      let sessions = whole.table.oldestFirst.prefix(settled.count)
      let durations = sessions.compactMap { $0.finalRecord?.measure }
      return try SettledRecords.none.median(with: durations + others)
    }
  }
}

extension SettledRecords {
  /// The numbers of the newest records of a status, newest first, in ranges that are read at once.
  fileprivate func newest(_ limit: Int, _ status: Session.Status?) throws -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var rest = limit
    for number in (0..<count).reversed() {
      if rest == 0 { break }
      if let status, try span(number).label != status.label { continue }
      rest -= 1
      if let last = ranges.last, last.lowerBound == number + 1, last.count < 4096 {
        ranges[ranges.count - 1] = number..<last.upperBound
      } else {
        ranges.append(number..<number + 1)
      }
    }
    return ranges
  }
}
