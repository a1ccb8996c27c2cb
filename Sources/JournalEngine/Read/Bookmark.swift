/// How far somebody has read in a journal.
package struct Bookmark: Sendable, Hashable {
  /// The last entry that was read; ``Head/none`` before the first.
  package let head: Head
  /// Where its line stands, where that is known: what stands before it is not read again then.
  let line: LineStart?

  /// Before the first entry.
  package static let start = Bookmark(.none)

  package init(_ head: Head) { self.init(head, line: nil) }

  init(_ head: Head, line: LineStart?) {
    self.head = head
    self.line = line
  }

  init(_ entry: Entry) {
    self.init(
      Head(seq: entry.seq, hash: entry.hash),
      line: LineStart(
        seq: entry.seq, segment: entry.place.segment, offset: entry.place.offset))
  }
}

extension JournalReader {
  /// Hands out the durable entries behind a bookmark, up to the end, in batches of at most a few
  /// hundred. What is not durable yet is made so first.
  ///
  /// - Parameters:
  ///   - bookmark: is moved on with each batch that `body` took.
  ///   - body: returns false to have enough.
  /// - Throws: what `body` throws; ``JournalError``: `cursorLost` where the bookmark's entry is not
  ///   in the journal, `pruned` where what stands behind it was dropped, `damaged` once all that is
  ///   beyond doubt was handed out, and what reading gives.
  ///
  /// Cost: reads also what stands between the last snapshot before the bookmark and that, unless
  /// this call or the last one set it there.
  package func readOn(
    from bookmark: inout Bookmark, _ body: ([Entry]) throws -> Bool
  ) throws {
    var attempts = 0
    while true {
      do {
        return try readToEnd(from: &bookmark, body)
      } catch let error as JournalError {
        attempts += 1
        guard attempts < 5, bookmark.line != nil || error.code == .repaired,
          error.mayComeOfABeginningInTheMiddle
        else { throw error }
        bookmark = Bookmark(bookmark.head)
      }
    }
  }

  private func readToEnd(
    from bookmark: inout Bookmark, _ body: ([Entry]) throws -> Bool
  ) throws {
    let batches = EntryBatches(
      self, start: bookmark.head == .none ? .first : .after(bookmark.head), at: bookmark.line,
      durableOnly: true)
    while true {
      let entries = try batches.next()
      guard let last = entries.last else { return }
      let goesOn = try body(entries)
      bookmark = Bookmark(last)
      if !goesOn { return }
    }
  }

  /// A bookmark on the newest entry, which is made durable first.
  package func bookmarkAtHead() throws(JournalError) -> Bookmark {
    let walk = try durableWalk()
    let head = walk.chain.head
    let line = walk.headPlace.map {
      LineStart(seq: head.seq, segment: $0.segment, offset: $0.offset)
    }
    return Bookmark(head, line: line)
  }

  /// A bookmark on the entry of a number; 0 is before the first.
  ///
  /// - Throws: ``JournalError``: `notFound` where the journal ends before it, `pruned` where what
  ///   stands behind it was dropped, and what reading gives.
  package func bookmark(at seq: Int64) throws -> Bookmark {
    guard seq > 0 else { return .start }
    var found: Bookmark?
    var last: Int64 = 0
    let walk = try walk(coming: .seq(seq))
    _ = try forEach(on: walk) { entry in
      last = entry.seq
      if entry.seq == seq { found = Bookmark(entry) }
      // What was dropped ends there.
      if entry.seq - 1 == seq { found = Bookmark(Head(seq: seq, hash: entry.prev)) }
      return entry.seq < seq
    }
    if let found { return found }
    if last > seq {
      throw JournalError(
        .pruned, "the entries up to seq \(last - 1) were dropped by pruning",
        hint: "go on from entry \(last - 1), or from a copy that was made before", file: path,
        seq: last - 1)
    }
    throw JournalError(
      .notFound, "there is no entry \(seq): the journal ends with entry \(walk.chain.head.seq)",
      hint: "a cursor is the number of the last entry that was seen", file: path, seq: seq)
  }
}

extension JournalError {
  /// Whether reading from the first line on may go better.
  fileprivate var mayComeOfABeginningInTheMiddle: Bool {
    switch code {
    case .repaired, .pruned, .cursorLost, .damaged: true
    default: false
    }
  }
}
