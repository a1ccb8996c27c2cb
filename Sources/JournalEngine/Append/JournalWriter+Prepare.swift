extension JournalWriter {
  /// Reads a folder to the end and makes what was read durable, before anything rests on it.
  func enter(_ folder: any JournalFolder) throws(JournalError) {
    let (known, fileSystem) = try folder.appendsAtomically()
    guard known || options.singleWriter else {
      throw JournalError(
        .unsafeFileSystem,
        "appends of several processes are not known to be atomic here (\(fileSystem))",
        hint:
          "keep journals on a local disk, or state with --single-writer that nobody else writes",
        file: folder.path)
    }
    let walk = JournalWalk(folder, name: name, clock: system.clock)
    try walk.advance(&fold)
    if let damage = walk.damage { throw damage.error }
    self.walk = walk
    guard let segment = walk.segment else { return }
    appender = try SegmentAppender(segment, in: folder)
    try makeDurable()
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
      try leaveSegment()
      appender = try SegmentAppender(self.head.seq + 1, in: walk.folder)
      try catchUp()
    } else if let segment = walk.segment, appender?.segment != segment {
      try leaveSegment()
      appender = try SegmentAppender(segment, in: walk.folder)
    }
    return self.head == head
  }

  /// No line may survive in a later file without the seal before it.
  private func leaveSegment() throws(JournalError) {
    guard let appender, appender.segment <= head.seq else { return }
    do throws(JournalError) {
      try appender.sync()
    } catch {
      throw die(error)
    }
  }

  func makeDurableByPolicy() throws(JournalError) {
    switch options.durability {
    case .everyAppend: try makeDurable()
    case .interval(let interval):
      if system.clock.elapsed() - lastSync >= interval { try makeDurable() }
    case .none: break
    }
  }

  /// Syncs, unless all that is known is durable already.
  func makeDurable() throws(JournalError) {
    if let death { throw death }
    guard let appender, appender.needsSync || durable < head.seq else { return }
    let mark = head.seq
    do throws(JournalError) {
      try appender.sync()
    } catch {
      throw die(error)
    }
    durable = mark
    lastSync = system.clock.elapsed()
  }

  /// Nothing is written by this handle any more.
  func die(_ error: JournalError) -> JournalError {
    death = error
    return error
  }
}
