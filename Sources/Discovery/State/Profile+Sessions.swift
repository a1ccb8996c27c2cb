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
    var sessions: [Session] = []
    try forEachNewest(status: status, limit: limit) { sessions.append($0) }
    return sessions
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
