extension JournalWriter {
  /// Takes the records that will not change again out of the state, into tables, so that the
  /// snapshot that is written next need not carry them.
  ///
  /// Cost: the records that became final since the last time, and now and then a merge of tables.
  func settle() throws(JournalError) {
    guard let walk else { return }
    let folder = walk.folder
    let listing = try JournalListing(folder)
    guard try Tombstone.last(listing, in: folder) == nil else {
      // Tables lead to entries, and some of these were dropped.
      if fold.state.settledCount > 0 { try enterAnew(folder) }
      return
    }
    if try settle(listing, folder, walk.givenUp) { return }
    // Another writer has merged the tables that this state rests on.
    try enterAnew(folder)
    _ = try settle(JournalListing(folder), folder, self.walk?.givenUp ?? GivenUp())
  }

  /// - Returns: false where the tables of the state are not there.
  private func settle(
    _ listing: JournalListing, _ folder: any JournalFolder, _ givenUp: GivenUp
  ) throws(JournalError) -> Bool {
    let tiers = options.tableTiers
    let count = fold.state.settledCount
    guard
      var cover = TableCover.exact(
        listing.tables(of: P.self), count: count, last: head.seq, without: givenUp)
    else { return false }
    let new = fold.state.finalRecords()
    guard new.count >= tiers.smallest else { return true }
    var rest = new[...]
    var first = count
    while !rest.isEmpty {
      let contents = TableContents(rest.prefix(tiers.large))
      guard let name = try write(contents, from: first, in: folder) else { return true }
      cover.append(name)
      first = name.end
      rest = rest.dropFirst(name.count)
    }
    while let run = tiers.merge(cover) {
      guard let merged = try merge(cover[run], in: folder) else { break }
      cover.replaceSubrange(run, with: [merged])
    }
    let source = TableSource(
      self.name, in: root, system: system, tables: cover, without: givenUp,
      after: settled?.tables)
    let records = SettledRecords(source, middle: try middle(with: new, source))
    fold.state.settle(records)
    settled = records
    return true
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
    _ contents: TableContents, from first: Int, in folder: any JournalFolder
  ) throws(JournalError) -> TableName? {
    let last = contents.rows.reduce(0) { max($0, $1.span.last) }
    guard
      let name = TableName(
        last: last, projector: P.name, version: P.version, first: first,
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
