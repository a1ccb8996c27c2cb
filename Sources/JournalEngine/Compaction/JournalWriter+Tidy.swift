extension JournalWriter {
  /// Removes snapshots of this projection beyond the newest few, tables that none of these needs,
  /// and what died half written.
  func tidy(keep: Int, _ done: inout Compaction) throws(JournalError) {
    guard let folder = walk?.folder else { return }
    var listing = try JournalListing(folder)
    var needless = try needless(keep: keep, listing, folder)
    while true {
      // Somebody may have written another snapshot meanwhile, which needs what none did before.
      let now = try JournalListing(folder)
      if now.snapshots == listing.snapshots { break }
      listing = now
      needless = try self.needless(keep: keep, listing, folder)
    }
    for file in needless {
      try folder.remove(file)
      done.removed.append(folder.path + "/" + file)
    }
    for name in listing.temporaries {
      try folder.remove(name)
      done.cleared.append(folder.path + "/" + name)
    }
    // Not synced: what comes back after a power failure goes with the next compaction.
  }

  /// The files of snapshots and tables that nobody needs.
  private func needless(
    keep: Int, _ listing: JournalListing, _ folder: any JournalFolder
  ) throws(JournalError) -> [String] {
    let tombstone = try Tombstone.last(listing, in: folder)
    let keep = tombstone == nil ? keep : max(2, keep)
    wholeSnapshots.formIntersection(listing.snapshots)
    let kept = try snapshots(keep, listing, tombstone, folder)
    let needed = tables(of: kept, listing, folder)
    // An older version's go once there are enough newer ones of this version.
    let oldest = kept.count >= keep ? kept[keep - 1].seq : 0
    // One without its tables is of another compaction that was too slow: they were cleared away.
    let newest = tombstone == nil ? kept.first?.seq ?? 0 : 0
    let snapshots = listing.snapshots.filter { name in
      name.projector == P.name && name.version <= P.version && !kept.contains(name)
        && (name.seq <= oldest || (name.seq < newest && !hasTables(name, listing, folder)))
    }
    // One that reaches further is for a snapshot that somebody is about to write; of a journal that
    // was pruned, nobody uses any, nor one of entries that were given up.
    let last = tombstone == nil ? oldest : .max
    let givenUp = walk?.givenUp ?? GivenUp()
    let kinds = [P.name, TableKind.keys(of: P.self).projector]
    let tables = listing.tables.filter {
      kinds.contains($0.projector) && $0.version <= P.version && !needed.contains($0)
        && ($0.last <= last || givenUp.contains($0.last))
    }
    return snapshots.map(\.file) + tables.map(\.file)
  }

  /// Whether the newest snapshot lacks the tables that it needs.
  func isNewestWithoutTables(_ folder: any JournalFolder) throws(JournalError) -> Bool {
    let listing = try JournalListing(folder)
    guard let newest = own(listing.snapshots).first, !hasTables(newest, listing, folder) else {
      return false
    }
    return try Tombstone.last(listing, in: folder) == nil
  }

  /// The snapshots of this projection that stay: the newest few at first.
  private func snapshots(
    _ keep: Int, _ listing: JournalListing, _ tombstone: Tombstone?, _ folder: any JournalFolder
  ) throws(JournalError) -> [SnapshotName] {
    let mine = own(listing.snapshots)
    if let tombstone {
      // They stand for what was dropped: only those that can be used count, and the first of them
      // is what the entries that are left are replayed from.
      let repairs = try Repairs(listing, in: folder)
      var kept: [SnapshotName] = []
      for name in mine where kept.count < keep {
        if try goodSnapshot(name, repairs, folder) != nil { kept.append(name) }
      }
      for name in mine.reversed() where name.seq >= tombstone.segment.last {
        if kept.contains(name) { break }
        guard try goodSnapshot(name, repairs, folder) != nil else { continue }
        kept.append(name)
        break
      }
      return kept
    }
    let standing = mine.filter { walk?.givenUp.contains($0.seq) != true }
    let newest = standing.lazy.filter { self.hasTables($0, listing, folder) }.prefix(keep)
    // Somebody may be about to drop history, and count on the newest that are whole.
    let whole = standing.lazy.filter { self.isWhole($0, folder) }.prefix(keep)
    return newest + whole.filter { !newest.contains($0) }
  }

  /// Whether the tables are there that a snapshot needs. One that cannot be read needs none.
  private func hasTables(
    _ name: SnapshotName, _ listing: JournalListing, _ folder: any JournalFolder
  ) -> Bool {
    guard let snapshot = withTables(name, folder) else { return true }
    return listing.cover(of: snapshot, P.self) != nil
  }

  /// The tables that snapshots need.
  private func tables(
    of snapshots: [SnapshotName], _ listing: JournalListing, _ folder: any JournalFolder
  ) -> Set<TableName> {
    var needed: Set<TableName> = []
    for name in snapshots {
      guard let snapshot = withTables(name, folder),
        let cover = listing.cover(of: snapshot, P.self)
      else { continue }
      needed.formUnion(cover)
    }
    return needed
  }

  private func isWhole(_ name: SnapshotName, _ folder: any JournalFolder) -> Bool {
    _ = withTables(name, folder)
    return wholeSnapshots.contains(name)
  }

  /// A snapshot that leaves something to tables; nil where it does not, or cannot be read. One that is
  /// whole stays so; another may be replaced by a whole one before history is dropped.
  private func withTables(_ name: SnapshotName, _ folder: any JournalFolder) -> Snapshot? {
    if wholeSnapshots.contains(name) { return nil }
    guard case .success(let (snapshot, _)) = Snapshot.read(name, of: self.name, in: folder) else {
      return nil
    }
    guard snapshot.isWhole else { return snapshot }
    wholeSnapshots.insert(name)
    return nil
  }
}
