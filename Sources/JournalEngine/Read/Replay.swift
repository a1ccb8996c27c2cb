/// A state that was rebuilt from a journal.
public struct Replay<P: Projection>: Sendable {
  /// The state after the last entry that counts.
  public let state: P
  /// That entry.
  public let head: Head
  /// Its time; nil where there is no entry.
  public let time: Timestamp?
  /// What was found wrong. The state then goes up to the last entry that is beyond doubt.
  public let damage: Damage?
}

/// Takes the lines up to a point into a state, and sees the rest go by.
struct StateAt<P: Projection>: LineVisitor {
  let point: Point
  let path: String
  var state = P()
  var head = Head.none
  var time: Timestamp?

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    guard unsafe point.covers(seq: line.fields.seq, time: line.fields.time) else { return true }
    let entry = unsafe line.entry
    try state.take(entry, path: path)
    head = Head(seq: entry.seq, hash: entry.hash)
    time = entry.time
    return true
  }
}
