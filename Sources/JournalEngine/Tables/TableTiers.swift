/// When tables are written and merged, as in a log-structured merge tree (O'Neil et al., Acta
/// Informatica 33, 1996): a table belongs to a tier by its size, and as many of one tier, or of lower
/// ones among them, as make one of the next become that. So a record is written once for each tier at
/// most, and tables stay few.
package struct TableTiers: Sendable, Hashable {
  /// Fewer records than these stay in the snapshot.
  package var smallest = 256
  /// A table of the next tier has so many times as many records at least.
  package var run = 16
  /// Tables from this size on are left alone, so that no merge takes long.
  package var large = 1 << 20

  package init() {}

  /// Which of the tables are to be one; nil where none are.
  ///
  /// Only the last ones can be, up to one of a higher tier: the others were looked at before.
  func merge(_ tables: [TableName]) -> Range<Int>? {
    guard let last = tables.last, last.count < large else { return nil }
    let enough = limit(of: last)
    var start = tables.count - 1
    while start > 0, limit(of: tables[start - 1]) <= enough { start -= 1 }
    var records = 0
    for place in start..<tables.count {
      records += tables[place].count
      if records >= enough { return start..<place + 1 }
    }
    return nil
  }

  /// From how many records on a table belongs to a later tier than this one.
  private func limit(of table: TableName) -> Int {
    if table.count >= large { return .max }
    var limit = smallest * run
    while limit <= table.count { limit *= max(2, run) }
    return min(limit, large)
  }
}
