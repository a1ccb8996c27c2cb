extension JournalWriter {
  /// Reads a folder to the end and makes what was read durable, before anything rests on it.
  ///
  /// - Parameter known: from where on, if that is still there.
  func enter(
    _ folder: any JournalFolder, behind known: KnownState<P>? = nil
  ) throws(JournalError) {
    try options.checkAppends(in: folder)
    let opening = JournalOpening<P>(
      folder: folder, name: name, root: root, system: system)
    let start =
      if let known, let start = try opening.start(behind: known) {
        start
      } else {
        try opening.start(.newest(.head))
      }
    beginnings += 1
    settled = start.settled
    fold = Fold(path: fold.path, state: start.state, keys: start.keys)
    lastSnapshot = LastSnapshot(
      seq: start.head.seq, bytes: start.bytes, isWhole: start.state.settledCount == 0)
    snapshotWarnings = start.warnings
    // Kept whatever fails from here on: what it has read is in the state.
    walk = start.walk
    do throws(JournalError) {
      try catchUp()
      try makeDurable()
    } catch {
      try startAnew(start.walk, after: error)
    }
  }

  /// Forgets what was read, and reads it again; where that fails, what was known still is.
  func enterAnew(_ folder: any JournalFolder) throws(JournalError) {
    let known = (
      walk: walk, fold: fold, appender: appender, durable: durable, last: lastSnapshot,
      settled: settled
    )
    walk = nil
    fold = Fold(path: fold.path)
    appender = nil
    durable = 0
    do throws(JournalError) {
      try enter(folder)
    } catch {
      (walk, fold, appender, durable, lastSnapshot, settled) = known
      throw error
    }
  }

  /// Makes or opens the segment that the next line goes to.
  ///
  /// - Returns: whether the head is still the one that was decided on.
  func prepareToAppend(on head: Head) throws(JournalError) -> Bool {
    if walk == nil {
      try enter(system.fileSystem.makeJournalFolder(name.text, in: root))
    }
    guard let walk else { throw Self.unanswered }
    if walk.segment == nil || walk.chain.isSealed {
      // No line may survive in a later file without the seal before it.
      try makeDurable()
      let made = try SegmentAppender(self.head.seq + 1, in: walk.folder)
      appender = made
      if !walk.begin(made.segment, madeAs: made.file) { try catchUp() }
    } else if appender?.segment != walk.segment {
      try makeDurable()
    }
    return self.head == head
  }

  func makeDurableByPolicy() throws(JournalError) {
    switch options.durability {
    case .everyAppend: try makeDurable()
    case .interval(let interval):
      if system.clock.elapsed() - lastSync >= interval { try makeDurable() }
    case .none: break
    }
  }

  /// Syncs, unless all that is known is durable already; goes on to the segment that was read last.
  func makeDurable() throws(JournalError) {
    if let death { throw death }
    guard let walk, let segment = walk.segment else { return }
    if appender?.segment != segment {
      if let appender { try sync(appender) }
      let opened = try SegmentAppender(segment, in: walk.folder)
      try opened.checkIsSame(as: walk)
      appender = opened
    }
    guard let appender, appender.needsSync || durable < head.seq else { return }
    let mark = head.seq
    try sync(appender)
    durable = mark
    lastSync = system.clock.elapsed()
  }

  private func sync(_ appender: SegmentAppender) throws(JournalError) {
    do throws(JournalError) {
      try appender.sync()
    } catch {
      throw die(error)
    }
  }

  func beginSync(
    _ appender: SegmentAppender, from start: Int64, to end: Int64
  ) throws(JournalError) {
    do throws(JournalError) {
      try appender.beginSync(from: start, to: end)
    } catch {
      throw die(error)
    }
  }

  /// Nothing is written by this handle any more.
  func die(_ error: JournalError) -> JournalError {
    death = error
    return error
  }
}
