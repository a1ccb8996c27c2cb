/// Which tables hold the first records of a projection.
enum TableCover {
  /// The fewest tables that hold records up to just so many, one after the other; nil where there
  /// are no such.
  ///
  /// - Parameters:
  ///   - first: the first record that is wanted.
  ///   - last: the last entry that they may need.
  ///   - givenUp: entries of another history, which none of them may hold.
  static func exact(
    _ tables: [TableName], from first: Int = 0, count: Int, last: Int64,
    without givenUp: GivenUp = GivenUp()
  ) -> [TableName]? {
    if first >= count { return [] }
    // A table's `last` is the highest number of an entry in it.
    let usable = tables.filter {
      $0.last <= last && $0.end <= count && !givenUp.contains($0.last)
    }
    /// The fewest that reach from the first record, or from before it, to an end.
    var reaching: [Int: (tables: Int, last: TableName?)] = [:]
    for table in usable where table.first <= first { reaching[table.first] = (0, nil) }
    for table in usable.sorted(by: { ($0.first, $0.end, $0.last) < ($1.first, $1.end, $1.last) }) {
      guard let before = reaching[table.first] else { continue }
      if let known = reaching[table.end], known.tables <= before.tables + 1 { continue }
      reaching[table.end] = (before.tables + 1, table)
    }
    guard reaching[count] != nil else { return nil }
    var cover: [TableName] = []
    var end = count
    while let table = reaching[end]?.last {
      cover.append(table)
      end = table.first
    }
    return cover.reversed()
  }
}
