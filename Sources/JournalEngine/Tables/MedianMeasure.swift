extension SettledRecords {
  /// The median of the settled records' measures and others; nil where there is none at all.
  ///
  /// - Throws: ``JournalError``, `tableUnusable` among them.
  ///
  /// Cost: a few dozen pages of each table, however many records it holds.
  public func median(with others: [Int64]) throws(JournalError) -> Double? {
    let sorted = others.sorted()
    let own = SortedColumn<Int64>(count: sorted.count) { sorted[$0] }
    let columns = try measures() + [own]
    let count = columns.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    let middle = Double(try Self.element(count / 2, of: columns))
    if count % 2 == 1 { return middle }
    return (Double(try Self.element(count / 2 - 1, of: columns)) + middle) / 2
  }

  /// The element that would stand at a place if all columns were sorted into one.
  static func element(
    _ place: Int, of columns: [SortedColumn<Int64>]
  ) throws(JournalError) -> Int64 {
    // Of each column, the part in which the element may still stand.
    var parts = columns.map { 0..<$0.count }
    var rank = place
    while true {
      // Half of the longest part goes in each round, or all but one value of it.
      guard let longest = parts.indices.max(by: { parts[$0].count < parts[$1].count }) else {
        return 0
      }
      let part = parts[longest]
      let pivot = try columns[longest][part.lowerBound + part.count / 2]
      var below: [Int] = []
      var through: [Int] = []
      for (column, part) in zip(columns, parts) {
        let first = try column.lowerBound(in: part) { $0 < pivot }
        below.append(first)
        through.append(try column.lowerBound(in: first..<part.upperBound) { $0 <= pivot })
      }
      let lower = zip(below, parts).reduce(0) { $0 + $1.0 - $1.1.lowerBound }
      let upTo = zip(through, parts).reduce(0) { $0 + $1.0 - $1.1.lowerBound }
      if rank < lower {
        parts = zip(parts, below).map { $0.lowerBound..<$1 }
      } else if rank < upTo {
        return pivot
      } else {
        rank -= upTo
        parts = zip(parts, through).map { $1..<$0.upperBound }
      }
    }
  }
}
