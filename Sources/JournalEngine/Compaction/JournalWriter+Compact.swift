extension JournalWriter {
  /// Writes a snapshot of the state, removes old ones and what dead compactions left, and, only
  /// where it is asked for, drops history.
  ///
  /// Everybody else may read and append meanwhile. No file is changed: snapshots are new files,
  /// and a segment that is dropped is replaced by a tombstone as a whole.
  ///
  /// - Throws: ``JournalError``: `damaged`, `notFound` where there is no journal, `diskFull`,
  ///   `snapshotDiffers` where a snapshot is not what a replay gives, before anything is dropped;
  ///   and what the system calls give. The journal is whole in any case, and the next compaction
  ///   goes on.
  ///
  /// Cost: the size of the state; where history is dropped, reading the whole journal once.
  @discardableResult
  public func compact(
    _ options: CompactionOptions = CompactionOptions()
  ) throws(JournalError) -> Compaction {
    if let death { throw death }
    try catchUp()
    endAside()
    guard let walk, walk.segment != nil else {
      throw JournalError(
        .notFound, "there is no journal \(name)", hint: "check the name and the root",
        file: fold.path)
    }
    try makeDurable()
    var done = Compaction()
    if let limit = options.pruneBefore {
      try prune(before: limit, &done)
    } else {
      try finishPruning(&done)
    }
    try snapshotAndTidy(keep: options.keep, &done)
    return done
  }

  /// Whether ``compactIfDue()`` has anything to do.
  var isCompactionDue: Bool {
    if let aside { return aside.hasEnded || isCompactionFarOverdue }
    return isCompactionWanted && (!isInAHurry || isCompactionOverdue)
  }

  private var isCompactionWanted: Bool {
    guard death == nil, let walk else { return false }
    return options.snapshots.isDue(
      entries: head.seq - lastSnapshot.seq, bytes: walk.passed - lastSnapshot.passed,
      size: lastSnapshot.bytes, isWhole: lastSnapshot.isWhole)
  }

  /// Whether a snapshot now would take more than a tenth of this writer's time, or a thirtieth where
  /// another thread can make it, which holds up nobody.
  private var isInAHurry: Bool { system.clock.elapsed() < compactsAfter }

  /// How many times as long as a snapshot took no other is made here.
  private var pause: Int { system.aside == nil || options.singleWriter ? 9 : 29 }

  private var isCompactionOverdue: Bool {
    options.snapshots.isOverdue(entries: head.seq - lastSnapshot.seq)
  }

  private var isCompactionFarOverdue: Bool {
    options.snapshots.isFarOverdue(entries: head.seq - lastSnapshot.seq)
  }

  /// Snapshots the state if the policy says so. Whatever happens, what was recorded stands.
  ///
  /// A writer in a hurry leaves it to another handle on another thread, and goes on; only where it
  /// outruns that one by far it waits, or makes it itself.
  func compactIfDue() {
    guard isCompactionDue else { return }
    if aside != nil {
      endAside()
      if isCompactionWanted, isCompactionFarOverdue { compactNow() }
    } else if isInAHurry {
      compactAside()
    } else {
      compactNow()
    }
  }

  /// Makes up for a snapshot that was put off.
  func compactIfPutOff() {
    let isMade = endAside()
    if !isMade || (compactsAfter > .zero && isCompactionWanted) { compactNow() }
  }

  private func compactAside() {
    // Where appends of two handles may mix, there is one handle only.
    guard let walk, let thread = system.aside, !options.singleWriter else { return compactNow() }
    do throws(JournalError) {
      if try isSnapshotThere(walk) { return }
    } catch {
      return compactionFailed(error)
    }
    let (name, root, system) = (self.name, root, system)
    var options = self.options
    options.snapshots = .never
    aside = CompactionAside(
      beginning: beginnings, passed: walk.passed, clock: system.clock, on: thread
    ) { [options, known] () throws(JournalError) in
      let writer = try JournalWriter(
        name, in: root, system: system, options: options, behind: known)
      _ = try writer.compact()
      return (writer.lastSnapshot, writer.settled, writer.fold.keys.settled)
    }
  }

  /// Takes over what another handle has made, once it has.
  ///
  /// - Returns: false where it has failed.
  @discardableResult
  func endAside() -> Bool {
    guard let aside else { return true }
    self.aside = nil
    guard let outcome = aside.finish() else { return true }
    compactsAfter = outcome.end + outcome.duration * pause
    do throws(JournalError) {
      let (last, records, keys) = try outcome.made.get()
      compactionFailure = nil
      // It may have read what this handle has not, or what a repair has given up since.
      guard aside.beginning == beginnings, last.seq <= head.seq else { return true }
      lastSnapshot = last
      lastSnapshot.passed = aside.passed
      if let records, records.count > fold.state.settledCount {
        records.learn(from: settled)
        fold.state.settle(records)
        settled = records
      }
      if let keys, keys.count > fold.keys.settledCount, fold.keys.canSettle,
        let last = keys.tables?.names.map(\.last).max()
      {
        keys.learn(from: fold.keys.settled)
        fold.keys.settle(keys, through: last)
      }
      return true
    } catch {
      compactionFailed(error)
      return false
    }
  }

  private func compactionFailed(_ error: JournalError) {
    compactionFailure = error
    // Not at once again: the next one is tried after as many entries as before.
    lastSnapshot.seq = head.seq
  }

  private func compactNow() {
    guard let walk else { return }
    let start = system.clock.elapsed()
    defer {
      let end = system.clock.elapsed()
      compactsAfter = start == end ? .zero : end + (end - start) * pause
    }
    do throws(JournalError) {
      compactionFailure = nil
      if try isSnapshotThere(walk) { return }
      try makeDurable()
      var done = Compaction()
      try finishPruning(&done)
      try snapshotAndTidy(keep: CompactionOptions().keep, &done)
    } catch {
      compactionFailed(error)
    }
  }

  /// Whether another writer was first to snapshot what is due.
  private func isSnapshotThere(_ walk: JournalWalk) throws(JournalError) -> Bool {
    let newest = try own(JournalListing(walk.folder).snapshots).first
    guard let newest, newest.seq > lastSnapshot.seq, newest.seq <= head.seq,
      case .success(let (_, bytes)) = Snapshot.read(newest, of: name, in: walk.folder)
    else { return false }
    // How much it leaves to tables is much the same as in the one before.
    lastSnapshot.seq = newest.seq
    lastSnapshot.bytes = bytes
    lastSnapshot.passed = walk.passed
    return true
  }

  /// Writes a snapshot, and removes what it makes needless.
  private func snapshotAndTidy(keep: Int, _ done: inout Compaction) throws(JournalError) {
    // What one compaction clears away, another that runs at the same time may just have begun to
    // need. The last of them to look sees it, and makes it good.
    for _ in 0..<4 {
      done.snapshot = try writeSnapshot() ?? done.snapshot
      done.head = head
      try tidy(keep: keep, &done)
      guard let walk, try isNewestWithoutTables(walk.folder) else { return }
      try enterAnew(walk.folder)
    }
  }

  /// Writes a snapshot of the state at the head; nil where it is there, or there is to be none.
  func writeSnapshot() throws(JournalError) -> Compaction.File? {
    guard durable >= head.seq else { return nil }
    try settle()
    guard let walk, let place = walk.headPlace else { return nil }
    let file = try write(
      fold.state, fold.keys, head: head, time: walk.chain.time, place: place,
      replacing: isSnapshotBad(at: head.seq, walk.folder), in: walk.folder)
    lastSnapshot.seq = head.seq
    lastSnapshot.passed = walk.passed
    lastSnapshot.bytes = file?.bytes ?? lastSnapshot.bytes
    lastSnapshot.isWhole = fold.state.settledCount == 0
    return file
  }

  /// Whether there is a snapshot of an entry that nobody can use: it is altered, or the tables that
  /// it rests on are gone, and those that are there now hold more or fewer records.
  private func isSnapshotBad(
    at seq: Int64, _ folder: any JournalFolder
  ) throws(JournalError) -> Bool {
    let listing = try JournalListing(folder)
    guard let name = own(listing.snapshots).first(where: { $0.seq == seq }),
      let found = Snapshot.read(name, of: self.name, in: folder)
    else { return false }
    guard case .success(let (snapshot, _)) = found else { return true }
    return listing.cover(of: snapshot, P.self) == nil
  }

  /// Writes a snapshot of a state that is durable.
  func write(
    _ state: P, _ keys: IdempotencyKeys, head: Head, time: Timestamp, place: LinePlace,
    replacing: Bool = false, in folder: any JournalFolder
  ) throws(JournalError) -> Compaction.File? {
    let snapshot: Snapshot?
    do {
      snapshot = try Snapshot(
        of: state, leaving: settled, keys: keys, head: head, time: time, place: place,
        givenUp: walk?.givenUp ?? GivenUp(), journal: name
      )
    } catch {
      throw JournalError(
        .undecodable, "the state cannot be made a snapshot: \(error)",
        hint: "nothing is lost; opening takes longer", file: fold.path)
    }
    guard let snapshot else { return nil }
    guard let file = snapshot.name?.file else {
      throw JournalError(
        .invalidName, "the projection's name “\(P.name)” cannot stand in a snapshot's",
        hint: "give it 1 to 100 letters, digits, “-” and “_”; opening takes longer until then",
        file: fold.path)
    }
    let bytes = snapshot.encoded()
    let isNew = try WholeFile.write(
      bytes, as: file, replacing: replacing, in: folder, random: system.random)
    return isNew
      ? Compaction.File(path: folder.path + "/" + file, bytes: Int64(bytes.count)) : nil
  }
}
