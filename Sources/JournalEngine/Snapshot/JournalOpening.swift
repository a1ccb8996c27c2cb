/// Finds where reading a journal begins: at a snapshot that fits, else at the first line.
struct JournalOpening<P: Projection> {
  let folder: any JournalFolder
  let name: JournalName
  let root: String
  let system: JournalSystem
  /// Whether snapshots will do that leave records to tables.
  var usesTables = true
  /// Whether idempotency keys are asked for: only whoever writes needs their tables.
  var needsKeys = true
  /// Whether repairs are looked for before the first line is read. It takes as long as reading the
  /// bytes does; whoever can begin anew may do without at first.
  var looksForRepairs = true

  var clock: any WallClock { system.clock }

  /// Which snapshots will do.
  enum Choice {
    /// The newest that covers no more than this point.
    case newest(Point)
    /// The oldest from this `seq` on: as near to the first line as can be had.
    case oldest(from: Int64)
    /// None.
    case none
  }

  /// A walk that was not begun, and the state where it will begin.
  struct Start {
    let walk: JournalWalk
    /// What was known of the snapshot; nil where there is none.
    var snapshot: SnapshotName?
    var bytes: Int64 = 0
    var head = Head.none
    var time: Timestamp?
    var state = P()
    var keys = IdempotencyKeys()
    /// What the state leaves to tables; nil where it leaves nothing.
    var settled: SettledRecords?
    var warnings: [SnapshotWarning] = []
  }

  func start(_ choice: Choice) throws(JournalError) -> Start {
    let listing = try JournalListing(folder)
    var search = Search(opening: self, listing: listing)
    for candidate in candidates(choice, listing) {
      if let start = try search.start(candidate, choice) { return start }
    }
    // Where the entries themselves were dropped, an older version's snapshot is all there is.
    if case .none = choice {
    } else if try Tombstone.last(listing, in: folder) != nil {
      for candidate in candidates(choice, listing, olderVersions: true) {
        if let start = try search.start(candidate, choice) { return start }
      }
    }
    return try search.first()
  }

  private func candidates(
    _ choice: Choice, _ listing: JournalListing, olderVersions: Bool = false
  ) -> [SnapshotName] {
    // Without its first segment, history itself is missing: no snapshot makes up for that.
    guard listing.segments.first == 1 else { return [] }
    let own = listing.snapshots.filter {
      $0.projector == P.name
        && (olderVersions ? $0.version < P.version : $0.version == P.version)
    }
    switch choice {
    case .newest(.seq(let last)): return own.filter { $0.seq <= last }
    case .newest: return own
    case .oldest(let first): return own.reversed().filter { $0.seq >= first }
    case .none: return []
    }
  }

  /// Tries one snapshot after the other.
  private struct Search {
    let opening: JournalOpening
    private var snapshots: SnapshotSearch

    init(opening: JournalOpening, listing: JournalListing) {
      self.opening = opening
      snapshots = SnapshotSearch(opening.folder, journal: opening.name, listing: listing)
    }

    mutating func start(
      _ name: SnapshotName, _ choice: Choice
    ) throws(JournalError) -> Start? {
      let found = try snapshots.find(name) { snapshot in
        guard case .newest(let point) = choice else { return true }
        return point.covers(seq: snapshot.head.seq, time: snapshot.time)
      }
      guard let found else { return nil }
      let snapshot = found.snapshot
      var state: P
      do {
        state = try P(snapshot: snapshot.state, version: snapshot.version)
      } catch {
        snapshots.warn(name, "its state cannot be read: \(error)")
        return nil
      }
      guard snapshot.settled == state.settledCount else {
        snapshots.warn(
          name,
          "it says that \(snapshot.settled) records are settled, and its state says "
            + "\(state.settledCount)")
        return nil
      }
      var settled: SettledRecords?
      if state.settledCount > 0 {
        guard let source = try tables(.records(of: P.self), snapshot, name) else { return nil }
        let records = SettledRecords(source, middle: snapshot.middle)
        state.settle(records)
        settled = records
      }
      var keys = snapshot.keys
      if opening.needsKeys {
        // Of an earlier version, which kept neither what tables of keys need nor what repairs gave
        // up: read once from the first line, the next snapshot does.
        if !keys.canSettle, try Tombstone.last(snapshots.listing, in: opening.folder) == nil {
          return nil
        }
        if keys.settledCount > 0 {
          guard let source = try tables(.keys(of: P.self), snapshot, name) else { return nil }
          keys.open(SettledRecords(source, middle: nil))
        }
      }
      return Start(
        walk: snapshots.walk(behind: found, clock: opening.clock), snapshot: name,
        bytes: found.bytes, head: snapshot.head, time: snapshot.time, state: state, keys: keys,
        settled: settled, warnings: snapshots.warnings)
    }

    /// From the first line on.
    func first() throws(JournalError) -> Start {
      let repairs =
        opening.looksForRepairs ? try Repairs(snapshots.listing, in: opening.folder) : nil
      return Start(
        walk: snapshots.walk(fromFirst: repairs, clock: opening.clock),
        warnings: snapshots.warnings)
    }

    /// The tables of a kind that a snapshot needs; nil where they cannot be used.
    private mutating func tables(
      _ kind: TableKind, _ snapshot: Snapshot, _ name: SnapshotName
    ) throws(JournalError) -> TableSource? {
      let listing = snapshots.listing
      // Tables lead to entries, and some of these were dropped.
      guard opening.usesTables, try Tombstone.last(listing, in: opening.folder) == nil else {
        return nil
      }
      var cover = listing.cover(of: snapshot, kind)
      if cover == nil {
        // Somebody may have merged them since the listing was made, or removed the snapshot.
        let now = try JournalListing(opening.folder)
        cover = now.cover(of: snapshot, kind)
        if cover == nil {
          guard now.snapshots.contains(name), try Tombstone.last(now, in: opening.folder) == nil
          else { return nil }
        }
      }
      guard let cover else {
        snapshots.warn(
          name,
          "the tables of the \(snapshot.count(of: kind)) \(kind.areKeys ? "keys" : "records") that it "
            + "leaves out are not there")
        return nil
      }
      return TableSource(
        kind, of: opening.name, in: opening.root, system: opening.system,
        from: snapshot.oldest(of: kind), tables: cover, without: snapshot.givenUp)
    }
  }
}
