/// Sees every line of a journal, and holds what its snapshots say against it.
struct SnapshotVerifier<P: Projection>: LineVisitor {
  var lines: Verifier
  /// What a snapshot shows of the chain.
  private(set) var damage: Damage?
  private let folder: any JournalFolder
  private let journal: JournalName
  /// What the snapshots cover, by `seq`.
  private var covered: [Int64: [(name: SnapshotName, head: Head)]] = [:]
  /// The next entry that one of them covers.
  private var nextCovered = Int64.max
  /// The state so far; nil where it cannot be had.
  private var fold: PipelinedFold<P>?
  /// Whether the state has stopped at an entry.
  private var isUnreadable = false
  /// Up to where history was dropped before the walk began.
  private var droppedUpTo: Int64 = 0
  /// What snapshots say of the records that they leave to tables.
  private var middles: [(name: SnapshotName, settled: Int, middle: MiddleMeasures)] = []
  private let listed: JournalListing
  private let tables: [TableName]
  /// The idempotency keys that tables and snapshots are of.
  private var keys: KeyCollection

  init(
    _ lines: Verifier, folder: any JournalFolder, journal: JournalName
  ) throws(JournalError) {
    self.lines = lines
    self.folder = folder
    self.journal = journal
    let listing = try JournalListing(folder)
    listed = listing
    tables = listing.tables(of: .records(of: P.self))
    keys = KeyCollection(
      listing.tables(of: .keys(of: P.self)), snapshots: listing.snapshots)
    for name in listing.snapshots {
      switch Snapshot.read(name, of: journal, in: folder) {
      case .failure(let fault):
        self.lines.note(.badSnapshot, inSnapshot: name.file, name.seq, "\(fault)")
      case .success(let (snapshot, _)):
        covered[snapshot.head.seq, default: []].append((name, snapshot.head))
        nextCovered = min(nextCovered, snapshot.head.seq)
      case nil: break
      }
    }
    if let tombstone = try Tombstone.last(listing, in: folder) {
      droppedUpTo = tombstone.segment.last
    } else {
      fold = P.name.isEmpty ? nil : PipelinedFold(FoldedState(path: folder.path))
    }
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    let goesOn = unsafe try lines.accepted(line)
    unsafe fold?.take(line)
    unsafe keys.take(line)
    if unsafe line.fields.seq >= nextCovered {
      try checkSnapshots(at: Head(seq: unsafe line.fields.seq, hash: unsafe line.hash))
    }
    return goesOn
  }

  mutating func void(_ line: VoidLine, at place: LinePlace) { lines.void(line, at: place) }

  mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    // Dropped while it was read: the state has a gap.
    if tombstone.segment.last > droppedUpTo { throw tombstone.entriesAreGone(folder.path) }
    try lines.dropped(tombstone)
    let last = Head(seq: tombstone.segment.last, hash: tombstone.segment.head)
    try checkSnapshots(at: last)
  }

  private mutating func checkSnapshots(at head: Head) throws(JournalError) {
    for (name, covers) in covered.removeValue(forKey: head.seq) ?? [] {
      try check(name, covers, head)
    }
    nextCovered = covered.keys.filter { $0 > head.seq }.min() ?? .max
  }

  mutating func finish(_ walk: JournalWalk) throws(JournalError) {
    noteFailure()
    let now = covered.isEmpty && droppedUpTo == 0 ? listed : try JournalListing(folder)
    if fold == nil, droppedUpTo > 0, !P.name.isEmpty, !isUnreadable, walk.damage == nil {
      // Whoever drops history writes what stands for it first: it may have come since.
      if now.snapshots != listed.snapshots, let tombstone = try Tombstone.last(now, in: folder) {
        throw tombstone.entriesAreGone(folder.path)
      }
      lines.note(
        .damage, inSnapshot: SegmentName.file(firstSeq: 1), droppedUpTo,
        "entries up to \(droppedUpTo) were dropped, and no snapshot of \(P.name) stands for them")
    }
    // Those above the head are the walk's to tell.
    for (seq, snapshots) in covered where seq <= walk.chain.head.seq {
      for (name, _) in snapshots where now.snapshots.contains(name) {
        lines.note(
          .givenUp, inSnapshot: name.file, seq,
          "it covers entry \(seq), which was given up or dropped")
      }
    }
    if let damage = walk.damage, damage.file.hasSuffix(".snapshot.json") {
      lines.note(.damage, inSnapshot: damage.file.fileName, damage.lastBeyondDoubt, damage.cause)
    }
    try checkTables(walk)
    lines.finish(walk)
  }

  /// Makes each table anew from the entries, and what snapshots say of them.
  private mutating func checkTables(_ walk: JournalWalk) throws(JournalError) {
    // In a journal that was pruned, or that cannot be read to its end, none is used.
    guard let fold, droppedUpTo == 0, walk.damage == nil else { return }
    for name in keys.tables { try check(name, keys.records(of: name), walk) }
    guard !tables.isEmpty else { return }
    let records = fold.result.state.finalRecords()
    for (name, settled, middle) in middles where settled <= records.count {
      if middle.isMiddle(of: records[..<settled].lazy.compactMap(\.measure)) { continue }
      lines.note(
        .snapshotDiffers, inSnapshot: name.file, name.seq,
        "the middle of its records' measures is another one: remove it")
    }
    for name in tables {
      try check(name, name.end <= records.count ? records[name.first..<name.end] : nil, walk)
    }
  }

  private mutating func check(
    _ name: TableName, _ records: ArraySlice<SettledRecord>?, _ walk: JournalWalk
  ) throws(JournalError) {
    let bytes: [UInt8]?
    do throws(JournalError) {
      bytes = try WholeFile.read(name.file, in: folder)
    } catch {
      return lines.note(
        .badTable, inSnapshot: name.file, name.last, "it cannot be read: \(error.message)")
    }
    // One that is not there any more was merged with others.
    guard let bytes else { return }
    if walk.givenUp.contains(name.last) {
      return lines.note(
        .givenUp, inSnapshot: name.file, name.last,
        "it holds records up to entry \(name.last), which was given up")
    }
    if let records, TableContents(records).encoded(name, of: journal) == bytes { return }
    lines.note(
      .badTable, inSnapshot: name.file, name.last,
      "it does not hold the records that the entries give: remove it")
  }

  /// Notes what stopped the state, which then is no state to compare with.
  private mutating func noteFailure() {
    guard let failure = fold?.failure else { return }
    lines.note(.undecodable, failure)
    fold = nil
    isUnreadable = true
  }

  private mutating func check(
    _ name: SnapshotName, _ covers: Head, _ head: Head
  ) throws(JournalError) {
    guard covers == head else {
      let cause = "entry \(head.seq) has the hash \(head.hash), not that of the snapshot"
      lines.note(.damage, inSnapshot: name.file, head.seq, cause)
      damage = Damage(
        lastBeyondDoubt: 0, file: folder.path + "/" + name.file, offset: 0, cause: cause
      ).worse(than: damage)
      return
    }
    noteFailure()
    // In a journal that was pruned, one that leaves records to tables is used by nobody.
    guard name.projector == P.name, name.version <= P.version,
      case .success(let (snapshot, _)) = Snapshot.read(name, of: journal, in: folder)
    else { return }
    if droppedUpTo > 0, !snapshot.isWhole { return }
    // What is left of a journal that was pruned is replayed from the first that can be read.
    if fold == nil, !isUnreadable, head.seq >= droppedUpTo {
      do {
        let state = try P(snapshot: snapshot.state, version: snapshot.version)
        fold = PipelinedFold(FoldedState(state, head: snapshot.head, path: folder.path))
        keys.begin(with: snapshot)
      } catch {
        lines.note(
          .snapshotDiffers, inSnapshot: name.file, head.seq, "its state cannot be read: \(error)")
      }
    }
    guard name.version == P.version else { return }
    if let fold, !fold.isState(of: snapshot) {
      lines.note(
        .snapshotDiffers, inSnapshot: name.file, head.seq,
        "it holds another state than its entries give: remove it")
    } else if fold != nil, !keys.agree(with: snapshot) {
      lines.note(
        .snapshotDiffers, inSnapshot: name.file, head.seq,
        "it remembers other idempotency keys than its entries have: remove it")
    }
    guard droppedUpTo == 0 else { return }
    if let middle = snapshot.middle { middles.append((name, snapshot.settled, middle)) }
    // As it stands now: somebody may have merged them since the walk began, or dropped history.
    let now = try JournalListing(folder)
    guard now.snapshots.contains(name), try Tombstone.last(now, in: folder) == nil else { return }
    if now.cover(of: snapshot, P.self) == nil {
      lines.note(
        .badSnapshot, inSnapshot: name.file, head.seq,
        "the tables of the records, or of the keys, that it leaves out are not there")
    }
  }
}

extension String {
  fileprivate var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
