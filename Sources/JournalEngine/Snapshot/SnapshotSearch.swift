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
    let line: Snapshot.Line
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
      witnesses.append(Witness(head: snapshot.head, file: path(name)))
      return nil
    }
    return Found(name: name, snapshot: snapshot, bytes: bytes, line: line, repairs: repairs)
  }

  /// A walk that begins behind what was found.
  mutating func walk(behind found: Found, clock: any WallClock) -> JournalWalk {
    let snapshot = found.snapshot
    for index in witnesses.indices {
      witnesses[index].lastBeyondDoubt = snapshot.head.seq
    }
    return walk(
      WalkStart(
        listing: listing, repairs: found.repairs, head: snapshot.head, time: snapshot.time,
        place: snapshot.place, file: found.line.file, isSealed: found.line.kind != .other,
        givenUp: snapshot.givenUp, witnesses: witnesses), clock)
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
