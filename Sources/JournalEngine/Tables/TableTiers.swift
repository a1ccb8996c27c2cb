/// When tables are written and merged, as in a log-structured merge tree (O'Neil et al., Acta
/// Informatica 33, 1996), but in three tiers only: a record is written three times at most, and few
/// tables are small.
package struct TableTiers: Sendable, Hashable {
  /// Fewer records than these stay in the snapshot.
  package var smallest = 256
  /// So many small tables in a row become one.
  package var run = 16
  /// Tables from this size on are left alone, so that no merge takes long or much memory.
  package var large = 1 << 16
  /// No table holds more.
  package var largest: Int { 2 * large }

  package init() {}

  /// Which of the tables, the last ones in their order, are to be one; nil where none are.
  func merge(_ tables: [TableName]) -> Range<Int>? {
    guard let last = tables.last, tier(last) < 2 else { return nil }
    var start = tables.count - 1
    while start > 0, tier(tables[start - 1]) == tier(last) { start -= 1 }
    let count = tables.count - start
    let records = last.end - tables[start].first
    guard count >= run || (count > 1 && records >= large), records <= largest else { return nil }
    return start..<tables.count
  }

  private func tier(_ table: TableName) -> Int {
    table.count < smallest * run ? 0 : table.count < large ? 1 : 2
  }
}
