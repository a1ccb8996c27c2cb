/// Reads a journal batch by batch, up to what is its end when it gets there; called again, it goes
/// on from there. Blocks.
final class EntryBatches {
  let reader: JournalReader
  private let start: EntrySequence.Start
  /// Where the line stands of the entry that the start names: what is before it is not read then.
  private let line: LineStart?
  private let durableOnly: Bool
  private var walk: JournalWalk?
  private var after: Int64 = 0
  private var durable: Int64 = 0
  private var failure: (any Error)?
  /// Whether the cursor that was given was found in the journal.
  private var isCursorSeen = false

  init(
    _ reader: JournalReader, start: EntrySequence.Start, at line: LineStart? = nil,
    durableOnly: Bool
  ) {
    self.reader = reader
    self.start = start
    self.line = line
    self.durableOnly = durableOnly
  }

  /// The next entries, at most a few hundred; empty at the end. After an error there is nothing
  /// more: what follows a sync that failed is not to be believed.
  func next() throws -> [Entry] {
    if let failure { throw failure }
    do {
      return try read()
    } catch {
      failure = error
      throw error
    }
  }

  private func read() throws -> [Entry] {
    let walk = try opened()
    while true {
      var visitor = Batch(after: after, cursor: cursor, path: reader.path)
      let ended = try walk.advance(&visitor)
      durable = max(durable, visitor.durable)
      var entries = visitor.entries
      if let damage = walk.damage {
        entries.removeAll { $0.seq > damage.lastBeyondDoubt }
        if entries.isEmpty { throw damage.error }
        failure = damage.error
      }
      guard let last = entries.last else {
        try checkCursorIsReached(walk)
        return []
      }
      after = last.seq
      if durableOnly, last.seq > durable {
        let mark = walk.chain.head.seq
        try walk.syncWhatWasRead()
        durable = mark
      }
      entries = try checkCursor(entries)
      if entries.isEmpty, let failure { throw failure }
      // The cursor's own entry may have been all of a batch: then the next one has more.
      if ended || !entries.isEmpty { return entries }
    }
  }

  private func opened() throws -> JournalWalk {
    if let walk { return walk }
    let opened = try walkFromLine() ?? walkToStart()
    walk = opened
    switch start {
    case .first: break
    case .after(let cursor):
      guard cursor.seq > 0 || cursor == .none else { throw lost(cursor) }
      after = max(0, cursor.seq - 1)  // the cursor's own entry is checked
    case .now:
      var visitor = NoVisitor()
      try opened.advance(&visitor)
      after = opened.chain.head.seq
    }
    return opened
  }

  private func walkToStart() throws -> JournalWalk {
    switch start {
    case .first: try reader.walk()
    case .after(let cursor): try reader.walk(coming: .seq(cursor.seq))
    case .now: try reader.walk(coming: .head)
    }
  }

  private func walkFromLine() throws -> JournalWalk? {
    guard let line else { return nil }
    return try JournalWalk(
      reader.folder(), name: reader.name, clock: reader.system.clock, from: line)
  }

  /// Drops the entry that the cursor names, once it is seen to be the same.
  private func checkCursor(_ entries: [Entry]) throws -> [Entry] {
    guard case .after(let cursor) = start, !isCursorSeen, let first = entries.first else {
      return entries
    }
    isCursorSeen = true
    if first.seq == cursor.seq, first.hash == cursor.hash { return Array(entries.dropFirst()) }
    // The last entry that was dropped is known by its tombstone.
    let dropped = walk?.dropped.last?.segment
    let last = dropped.map { Head(seq: $0.last, hash: $0.head) } ?? .none
    // Anything else was given up by a repair, or never stood there.
    guard last == cursor else { throw lost(cursor) }
    return entries
  }

  private func checkCursorIsReached(_ walk: JournalWalk) throws {
    if case .after(let cursor) = start, walk.chain.head.seq < cursor.seq { throw lost(cursor) }
  }

  private func lost(_ cursor: Head) -> JournalError {
    JournalError(
      .cursorLost, "entry \(cursor.seq) is not in the journal with the hash of the cursor",
      hint: "the journal is another one, or was altered: verify it, then follow from the start",
      file: reader.path, seq: cursor.seq)
  }

  /// What was seen last, here or before; nil where the sequence begins with what there is.
  private var cursor: Head? {
    if case .after(let cursor) = start, after < cursor.seq { return cursor }
    return walk?.chain.head.seq == 0 ? nil : walk?.chain.head
  }

  private struct Batch: LineVisitor {
    let after: Int64
    let cursor: Head?
    let path: String
    var entries: [Entry] = []
    var durable: Int64 = 0
    private var bytes = 0

    init(after: Int64, cursor: Head?, path: String) {
      self.after = after
      self.cursor = cursor
      self.path = path
    }

    mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
      guard let cursor = entries.last.map({ Head(seq: $0.seq, hash: $0.hash) }) ?? cursor else {
        return
      }
      let last = Head(seq: tombstone.segment.last, hash: tombstone.segment.head)
      if cursor.seq > last.seq || cursor == last { return }
      throw tombstone.entriesAreGone(path)
    }

    mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
      durable = unsafe max(durable, line.fields.durable)
      guard unsafe line.fields.seq > after else { return true }
      let entry = unsafe line.entry
      entries.append(entry)
      bytes += entry.place.length
      return entries.count < 256 && bytes < 256 << 10
    }
  }
}

extension JournalWalk {
  /// Makes durable what this walk has read, and its files' names.
  func syncWhatWasRead() throws(JournalError) {
    do throws(JournalError) {
      try currentFile?.syncData()
    } catch {
      // Pages that look clean and are not on the disk must not be built on.
      currentFile?.dropCache()
      throw error
    }
    try folder.syncNames()
  }
}
