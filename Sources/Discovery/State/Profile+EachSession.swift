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
