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
  /// The entry that a snapshot covered with which reading began; 0 where it was the first line.
  public let start: Head
  /// Snapshots that could not be used.
  public let warnings: [SnapshotWarning]
}

/// Takes the lines up to a point into a state, and sees the rest go by.
struct StateAt<P: Projection>: LineVisitor {
  let point: Point
  let path: String
  /// What is called with the bytes that were read so far.
  let progress: (Int64) -> Void
  private let fold: PipelinedFold<P>
  private var isPast = false
  private var bytes: Int64 = 0

  init(
    _ start: JournalOpening<P>.Start, point: Point, path: String,
    progress: @escaping (Int64) -> Void
  ) {
    fold = PipelinedFold(
      FoldedState(start.state, head: start.head, time: start.time, path: path))
    self.point = point
    self.path = path
    self.progress = progress
  }

  mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    throw tombstone.entriesAreGone(path)
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    bytes += Int64(unsafe line.place.length) + 1
    progress(bytes)
    // From the first entry beyond the point on: a time that goes back does not bring it back.
    if !isPast, unsafe !point.covers(seq: line.fields.seq, time: line.fields.time) { isPast = true }
    if !isPast { unsafe fold.take(line) }
    return true
  }

  /// The state at the point.
  var result: FoldedState<P> { fold.result }
}
