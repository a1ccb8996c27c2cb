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
    let listing: JournalListing
    private var warnings: [SnapshotWarning] = []
    private var witnesses: [Witness] = []

    init(opening: JournalOpening, listing: JournalListing) {
      self.opening = opening
      self.listing = listing
    }

    mutating func start(
      _ name: SnapshotName, _ choice: Choice
    ) throws(JournalError) -> Start? {
      let folder = opening.folder
      let file = folder.path + "/" + name.file
      guard let (snapshot, bytes) = read(name) else { return nil }
      if case .newest(let point) = choice,
        !point.covers(seq: snapshot.head.seq, time: snapshot.time)
      {
        return nil
      }
      let place = snapshot.place
      let repairs = try Repairs(listing, in: folder, segment: place.segment, offset: place.end)
      // A branch that was given up: neither used nor believed.
      if repairs.goBackBehind(snapshot.head.seq) { return nil }
      guard let line = try snapshot.line(in: folder) else {
        // Its entry was dropped with the segment: nothing is wrong.
        if try Tombstone.read(place.segment, in: folder) != nil { return nil }
        // Where the end was cut off, the repair stands before the place.
        if try Repairs(listing, in: folder).giveUp(snapshot.head.seq) { return nil }
        warn(name, "entry \(snapshot.head.seq) is not where it says")
        witnesses.append(Witness(head: snapshot.head, file: file))
        return nil
      }
      var state: P
      do {
        state = try P(snapshot: snapshot.state, version: snapshot.version)
      } catch {
        warn(name, "its state cannot be read: \(error)")
        return nil
      }
      guard snapshot.settled == state.settledCount else {
        warn(
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
        if !keys.canSettle, try Tombstone.last(listing, in: folder) == nil { return nil }
        if keys.settledCount > 0 {
          guard let source = try tables(.keys(of: P.self), snapshot, name) else { return nil }
          keys.open(SettledRecords(source, middle: nil))
        }
      }
      for index in witnesses.indices {
        witnesses[index].lastBeyondDoubt = snapshot.head.seq
      }
      let start = WalkStart(
        listing: listing, repairs: repairs, head: snapshot.head, time: snapshot.time,
        place: place, file: line.file, isSealed: line.kind != .other,
        givenUp: snapshot.givenUp, witnesses: witnesses)
      return Start(
        walk: walk(from: start), snapshot: name, bytes: bytes, head: snapshot.head,
        time: snapshot.time, state: state, keys: keys, settled: settled,
        warnings: warnings)
    }

    /// From the first line on.
    func first() throws(JournalError) -> Start {
      let repairs = opening.looksForRepairs ? try Repairs(listing, in: opening.folder) : nil
      let start = WalkStart(
        listing: listing, repairs: repairs, head: .none, time: .earliest, place: nil,
        isSealed: false, witnesses: witnesses)
      return Start(walk: walk(from: start), warnings: warnings)
    }

    /// The tables of a kind that a snapshot needs; nil where they cannot be used.
    private mutating func tables(
      _ kind: TableKind, _ snapshot: Snapshot, _ name: SnapshotName
    ) throws(JournalError) -> TableSource? {
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
        warn(
          name,
          "the tables of the \(snapshot.count(of: kind)) \(kind.areKeys ? "keys" : "records") that it "
            + "leaves out are not there")
        return nil
      }
      return TableSource(
        kind, of: opening.name, in: opening.root, system: opening.system,
        from: snapshot.oldest(of: kind), tables: cover, without: snapshot.givenUp)
    }

    private func walk(from start: WalkStart) -> JournalWalk {
      JournalWalk(opening.folder, name: opening.name, clock: opening.clock, from: start)
    }

    /// A snapshot that can be read; what cannot is a warning.
    private mutating func read(_ name: SnapshotName) -> (Snapshot, bytes: Int64)? {
      switch Snapshot.read(name, of: opening.name, in: opening.folder) {
      case .success(let (snapshot, bytes)): return (snapshot, bytes)
      case .failure(let fault): warn(name, fault.description)
      case nil: break
      }
      return nil
    }

    private mutating func warn(_ name: SnapshotName, _ cause: String) {
      warnings.append(
        SnapshotWarning(file: opening.folder.path + "/" + name.file, cause: cause))
    }
  }
}

extension Snapshot {
  /// The line that it covers, where that stands at its place with its hash.
  struct Line {
    enum Kind {
      case sealed, repaired, other
      /// The seal of a segment that was dropped.
      case dropped
    }

    let kind: Kind
    /// Where it was found; nil of a segment that was dropped.
    var file: (any SegmentFile)?
  }

  /// What the entry is that the snapshot covers; nil where it is not found at its place. Of a
  /// segment that was dropped, the tombstone still vouches for the last one.
  func line(in folder: any JournalFolder) throws(JournalError) -> Line? {
    if let line = try standingLine(in: folder) { return line }
    guard let dropped = try Tombstone.read(place.segment, in: folder)?.segment,
      head == Head(seq: dropped.last, hash: dropped.head)
    else { return nil }
    return Line(kind: .dropped)
  }

  private func standingLine(in folder: any JournalFolder) throws(JournalError) -> Line? {
    guard let file = try folder.openForReading(place.file) else { return nil }
    let before: Int64 = place.offset > 0 ? 1 : 0
    let count = Int(before) + place.length + 1
    let bytes = try file.bytes(at: place.offset - before, count: count)
    guard bytes.count == count, bytes.last == UInt8(ascii: "\n"),
      before == 0 || bytes.first == UInt8(ascii: "\n")
    else { return nil }
    let line = Array(bytes[Int(before)..<count - 1])
    guard Digest(of: line) == head.hash,
      let fields = unsafe line.withUnsafeBytes({ unsafe LineScanner.scan($0) }),
      fields.seq == head.seq
    else { return nil }
    switch fields.engineType {
    case .sealed: return Line(kind: .sealed, file: file)
    case .repaired: return Line(kind: .repaired, file: file)
    default: return Line(kind: .other, file: file)
    }
  }
}
