/// Takes accepted lines into a projection's state.
package struct Fold<P: Projection>: LineVisitor {
  // The state stands last: where it ends is known at run time only, and so would be where others begin.

  /// The idempotency keys of the newest lines that carry one.
  package var keys: IdempotencyKeys
  /// The nonce of an attempt, and where those of its lines stand that turned out to be accepted.
  package var watched: UInt64?
  package var landed: [Digest: LinePlace] = [:]
  /// Why the state has stopped: the walk goes on, to see whether it is damage.
  package private(set) var failure: JournalError?
  let path: String
  package var state: P

  package init(path: String, state: P = P(), keys: IdempotencyKeys = IdempotencyKeys()) {
    self.path = path
    self.state = state
    self.keys = keys
  }

  package mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    throw tombstone.entriesAreGone(path)
  }

  package mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    guard failure == nil else { return true }
    let entry = unsafe line.entry
    do throws(JournalError) {
      try state.take(entry, path: path)
    } catch {
      failure = error
      return true
    }
    keys.remember(entry, groupStart: unsafe line.groupStart)
    if entry.fields.nonce == watched { landed[entry.hash] = entry.place }
    return true
  }
}

extension Projection {
  /// Folds with a typed error that names the place.
  package mutating func take(_ entry: Entry, path: String) throws(JournalError) {
    do {
      try fold(entry)
    } catch {
      throw JournalError(
        .undecodable, "entry \(entry.seq) of type \(entry.type) cannot be read: \(error)",
        hint: "it is on the chain, so it was recorded so; use a program that knows it",
        file: path + "/" + entry.place.file, offset: entry.place.offset, seq: entry.seq)
    }
  }
}
