extension SettledRecords {
  /// The median of the settled records' measures and others; nil where there is none at all.
  ///
  /// - Throws: ``JournalError``, `tableUnusable` among them.
  ///
  /// Cost: none, where the snapshot has kept enough of them. Else two pages of each table where their
  /// measures are much alike, and a few more where they are not; a few dozen at most, however many
  /// records it holds.
  public func median(with others: [Int64]) throws(JournalError) -> Double? {
    if let known = middle?.median(with: others) { return known }
    let sorted = others.sorted()
    let own = SortedColumn<Int64>(count: sorted.count) { sorted[$0] }
    let columns = try measures() + [own]
    let count = columns.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    let middle = Double(try SortedColumns.element(count / 2, of: columns))
    if count % 2 == 1 { return middle }
    return (Double(try SortedColumns.element(count / 2 - 1, of: columns)) + middle) / 2
  }
}
