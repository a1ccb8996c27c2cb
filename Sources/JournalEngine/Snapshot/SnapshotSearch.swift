/// Looks for snapshots behind which a walk can begin: those whose entry stands where they say.
struct SnapshotSearch {
  let folder: any JournalFolder
  let journal: JournalName
  let listing: JournalListing
  /// What cannot be used.
  private(set) var warnings: [SnapshotWarning] = []
  private var witnesses: [Witness] = []

  init(_ folder: any JournalFolder, journal: JournalName, listing: JournalListing) {
    self.folder = folder
    self.journal = journal
    self.listing = listing
  }

  struct Found {
    let name: SnapshotName
    let snapshot: Snapshot
    /// How long its file is.
    let bytes: Int64
    /// The entry that it covers.
    let line: KnownEntry.Line
    /// Those from there on.
    let repairs: Repairs
  }

  /// A snapshot whose entry stands at its place; nil where it cannot be used, or is not wanted.
  ///
  /// - Parameter isWanted: is asked before the entry is looked for.
  mutating func find(
    _ name: SnapshotName, where isWanted: (Snapshot) -> Bool = { _ in true }
  ) throws(JournalError) -> Found? {
    guard let (snapshot, bytes) = read(name), isWanted(snapshot) else { return nil }
    switch try look(for: snapshot.entry) {
    case .stands(let line, let repairs):
      return Found(name: name, snapshot: snapshot, bytes: bytes, line: line, repairs: repairs)
    case .isGone: return nil
    case .isMissing:
      warn(name, "entry \(snapshot.head.seq) is not where it says")
      witnesses.append(Witness(head: snapshot.head, file: path(name)))
      return nil
    }
  }

  /// What has become of an entry that is known.
  enum Look {
    /// It stands at its place; and the repairs from there on.
    case stands(KnownEntry.Line, Repairs)
    /// It was dropped with its segment, or given up: nothing is wrong.
    case isGone
    case isMissing
  }

  func look(for entry: KnownEntry) throws(JournalError) -> Look {
    let (place, seq) = (entry.place, entry.head.seq)
    let repairs = try Repairs(listing, in: folder, segment: place.segment, offset: place.end)
    // A branch that was given up: neither used nor believed.
    if repairs.goBackBehind(seq) { return .isGone }
    if let line = try entry.line(in: folder) { return .stands(line, repairs) }
    if try Tombstone.read(place.segment, in: folder) != nil { return .isGone }
    // Where the end was cut off, the repair stands before the place.
    return try Repairs(listing, in: folder).giveUp(seq) ? .isGone : .isMissing
  }

  /// A walk that begins behind what was found.
  mutating func walk(behind found: Found, clock: any WallClock) -> JournalWalk {
    for index in witnesses.indices {
      witnesses[index].lastBeyondDoubt = found.snapshot.head.seq
    }
    return walk(behind: found.snapshot.entry, found.line, found.repairs, clock)
  }

  /// A walk that begins behind an entry that stands at its place.
  func walk(
    behind entry: KnownEntry, _ line: KnownEntry.Line, _ repairs: Repairs, _ clock: any WallClock
  ) -> JournalWalk {
    walk(
      WalkStart(
        listing: listing, repairs: repairs, head: entry.head, time: entry.time,
        place: entry.place, file: line.file, isSealed: line.kind != .other,
        givenUp: entry.givenUp, witnesses: witnesses), clock)
  }

  /// A walk from the first line on.
  ///
  /// - Parameter repairs: all of them; nil where they were not looked for.
  func walk(fromFirst repairs: Repairs?, clock: any WallClock) -> JournalWalk {
    walk(
      WalkStart(
        listing: listing, repairs: repairs, head: .none, time: .earliest, place: nil,
        isSealed: false, witnesses: witnesses), clock)
  }

  private func walk(_ start: WalkStart, _ clock: any WallClock) -> JournalWalk {
    JournalWalk(folder, name: journal, clock: clock, from: start)
  }

  /// A snapshot that can be read; what cannot is a warning.
  private mutating func read(_ name: SnapshotName) -> (Snapshot, bytes: Int64)? {
    switch Snapshot.read(name, of: journal, in: folder) {
    case .success(let (snapshot, bytes)): return (snapshot, bytes)
    case .failure(let fault): warn(name, fault.description)
    case nil: break
    }
    return nil
  }

  mutating func warn(_ name: SnapshotName, _ cause: String) {
    warnings.append(SnapshotWarning(file: path(name), cause: cause))
  }

  private func path(_ name: SnapshotName) -> String { folder.path + "/" + name.file }
}
