extension JournalWriter {
  /// Takes the records that will not change again out of the state, and the idempotency keys, into
  /// tables, so that the snapshot that is written next need not carry them.
  ///
  /// Cost: what came since the last time, and now and then a merge of tables.
  func settle() throws(JournalError) {
    guard let walk else { return }
    let folder = walk.folder
    let listing = try JournalListing(folder)
    guard try Tombstone.last(listing, in: folder) == nil else {
      // Tables lead to entries, and some of these were dropped.
      if fold.state.settledCount > 0 || fold.keys.settledCount > 0 { try enterAnew(folder) }
      return
    }
    if try settle(listing, folder, walk.givenUp) { return }
    // Another writer has merged the tables that this state rests on.
    try enterAnew(folder)
    _ = try settle(JournalListing(folder), folder, self.walk?.givenUp ?? GivenUp())
  }

  /// - Returns: false where the tables of the state, or of its idempotency keys, are not there.
  private func settle(
    _ listing: JournalListing, _ folder: any JournalFolder, _ givenUp: GivenUp
  ) throws(JournalError) -> Bool {
    guard try settleRecords(listing, folder, givenUp) else { return false }
    return try settleKeys(listing, folder, givenUp)
  }

  private func settleRecords(
    _ listing: JournalListing, _ folder: any JournalFolder, _ givenUp: GivenUp
  ) throws(JournalError) -> Bool {
    let count = fold.state.settledCount
    let kind = TableKind.records(of: P.self)
    guard
      let cover = TableCover.exact(
        listing.tables(of: kind), count: count, last: head.seq, without: givenUp)
    else { return false }
    let new = fold.state.finalRecords()
    guard var tables = try extend(cover, with: new, from: count, kind, folder) else { return true }
    while let run = options.tableTiers.merge(tables) {
      guard let merged = try merge(tables[run], in: folder) else { break }
      tables.replaceSubrange(run, with: [merged])
    }
    let source = TableSource(
      kind, of: self.name, in: root, system: system, tables: tables, without: givenUp,
      after: settled?.tables)
    let records = SettledRecords(source, middle: try middle(with: new, source))
    fold.state.settle(records)
    settled = records
    return true
  }

  private func settleKeys(
    _ listing: JournalListing, _ folder: any JournalFolder, _ givenUp: GivenUp
  ) throws(JournalError) -> Bool {
    // Where no snapshot is written, nothing would lead to the tables.
    guard fold.keys.unsettledCount >= options.tableTiers.smallest, fold.keys.canSettle,
      case .some(.some) = try? fold.state.snapshot()
    else { return true }
    let kind = TableKind.keys(of: P.self)
    guard
      let cover = TableCover.exact(
        listing.tables(of: kind), from: fold.keys.oldest, count: fold.keys.settledCount,
        last: head.seq, without: givenUp)
    else { return false }
    do throws(JournalError) {
      try fold.keys.dropRepeats(P.self)
    } catch {
      // The tables, or what they lead to, went meanwhile: the next compaction sees to it.
      guard [.tableUnusable, .pruned, .repaired].contains(error.code) else { throw error }
      return true
    }
    let keys = fold.keys
    // They are not merged: before long they hold no key that is remembered, and go.
    guard let tables = try extend(cover, with: keys.unsettled, from: keys.first, kind, folder),
      let last = tables.map(\.last).max()
    else { return true }
    let source = TableSource(
      kind, of: self.name, in: root, system: system, from: keys.oldest, tables: tables,
      without: givenUp, after: keys.settled?.tables)
    fold.keys.settle(SettledRecords(source, middle: nil), through: last)
    return true
  }

  /// Writes tables of records that follow those of other tables.
  ///
  /// - Parameter first: the number of the first of these records.
  /// - Returns: the tables of all; nil where the records are too few, or can have none.
  private func extend(
    _ known: [TableName], with records: [SettledRecord], from first: Int, _ kind: TableKind,
    _ folder: any JournalFolder
  ) throws(JournalError) -> [TableName]? {
    let tiers = options.tableTiers
    guard records.count >= tiers.smallest else { return nil }
    var cover = known
    var rest = records[...]
    while !rest.isEmpty {
      let contents = TableContents(rest.prefix(tiers.large))
      let next = first + records.count - rest.count
      guard let name = try write(contents, from: next, kind, in: folder) else { return nil }
      cover.append(name)
      rest = rest.dropFirst(name.count)
    }
    return cover
  }

  /// The middle of all measures, with those of records that were settled just now; nil where it is
  /// not known and the tables cannot tell it.
  private func middle(
    with new: [SettledRecord], _ source: TableSource
  ) throws(JournalError) -> MiddleMeasures? {
    let former =
      new.count == source.count ? MiddleMeasures(below: 0, values: [], above: 0) : settled?.middle
    if let middle = former?.adding(new.compactMap(\.measure)) { return middle }
    do throws(JournalError) {
      return try MiddleMeasures(of: SettledRecords(source, middle: nil).measures())
    } catch {
      // Whoever asks for the median is told why.
      guard error.code == .tableUnusable else { throw error }
      return nil
    }
  }

  private func write(
    _ contents: TableContents, from first: Int, _ kind: TableKind, in folder: any JournalFolder
  ) throws(JournalError) -> TableName? {
    let last = contents.rows.reduce(0) { max($0, $1.span.last) }
    guard
      let name = TableName(
        last: last, projector: kind.projector, version: kind.version, first: first,
        count: contents.rows.count)
    else { return nil }
    let bytes = contents.encoded(name, of: self.name)
    // The same records give the same bytes: what is there already is replaced only if it is bad.
    if try WholeFile.read(name.file, in: folder) != bytes {
      // The snapshot that needs it makes both names durable.
      _ = try WholeFile.write(
        bytes, as: name.file, replacing: true, in: folder, random: system.random,
        syncingNames: false)
    }
    return name
  }

  /// Writes one table of several; nil where one of them cannot be read, which stays as it is for a
  /// verification to tell of, or where there is no room: a merge can wait.
  private func merge(
    _ tables: ArraySlice<TableName>, in folder: any JournalFolder
  ) throws(JournalError) -> TableName? {
    do throws(JournalError) {
      let merge = try TableMerge(tables, of: name, in: folder)
      let file = merge.header.name.file
      if try !merge.isThere(in: folder) {
        _ = try WholeFile.write(
          as: file, replacing: true, in: folder, random: system.random, syncingNames: false
        ) { file throws(JournalError) in
          _ = try merge.write { pages throws(JournalError) in
            try file.appendAll(pages)
            return true
          }
        }
      }
      return merge.header.name
    } catch {
      guard error.code == .tableUnusable || error.code == .diskFull else { throw error }
      return nil
    }
  }
}
