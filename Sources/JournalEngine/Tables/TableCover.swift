/// Which tables hold the first records of a projection.
enum TableCover {
  /// The fewest tables that hold just so many records, one after the other from record 0 on; nil
  /// where there are no such.
  ///
  /// - Parameters:
  ///   - last: the last entry that they may need.
  ///   - givenUp: entries of another history, which none of them may hold.
  static func exact(
    _ tables: [TableName], count: Int, last: Int64, without givenUp: GivenUp = GivenUp()
  ) -> [TableName]? {
    /// The fewest that reach from record 0 to an end.
    var reaching: [Int: (tables: Int, last: TableName?)] = [0: (0, nil)]
    // A table's `last` is the highest number of an entry in it.
    let usable = tables.filter {
      $0.last <= last && $0.end <= count && !givenUp.contains($0.last)
    }
    for table in usable.sorted(by: { ($0.first, $0.end, $0.last) < ($1.first, $1.end, $1.last) }) {
      guard let before = reaching[table.first] else { continue }
      if let known = reaching[table.end], known.tables <= before.tables + 1 { continue }
      reaching[table.end] = (before.tables + 1, table)
    }
    guard reaching[count] != nil else { return nil }
    var cover: [TableName] = []
    var end = count
    while end > 0, let table = reaching[end]?.last {
      cover.append(table)
      end = table.first
    }
    return cover.reversed()
  }
}

extension JournalListing {
  /// The tables of a projection, as it is now.
  func tables<P: Projection>(of type: P.Type) -> [TableName] {
    tables.filter { $0.projector == P.name && $0.version == P.version }
  }

  /// The tables that a snapshot leaves records to; nil where they are not there.
  func cover<P: Projection>(of snapshot: Snapshot, _ type: P.Type) -> [TableName]? {
    TableCover.exact(
      tables(of: P.self), count: snapshot.settled, last: snapshot.head.seq,
      without: snapshot.givenUp)
  }
}
