extension JournalReader {
  /// Hands out the entries from one on whose place is known, without reading what stands before.
  ///
  /// - Parameter body: returns false to have enough.
  /// - Returns: false where that cannot be relied on: the entry does not stand there, there is
  ///   damage or a repair on the way, or it was dropped. The journal is to be read as a whole then.
  package func forEach(
    from line: LineStart, _ body: (Entry) throws -> Bool
  ) throws -> Bool {
    guard let walk = try JournalWalk(folder(), name: name, clock: system.clock, from: line)
    else { return false }
    do {
      return try forEach(on: walk, body) == nil
    } catch let error as JournalError where error.code == .pruned || error.code == .repaired {
      return false
    }
  }
}
