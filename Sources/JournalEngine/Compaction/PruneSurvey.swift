/// Replays a journal to see which of its segments are all before a point, and whether its snapshots
/// are what their entries give.
struct PruneSurvey<P: Projection>: LineVisitor {
  /// A state on the way.
  struct Mark {
    let state: P
    let keys: IdempotencyKeys
    let head: Head
    let time: Timestamp
    let place: LinePlace
  }

  /// A segment that is closed.
  struct Closed {
    let first: Int64
    let head: Head
    let time: Timestamp
  }

  /// The segments that can go, oldest first: something stands behind each.
  private(set) var droppable: [Closed] = []
  /// What entries say is dropped already.
  var recorded: [PrunedSegment] = []
  /// The state after the last of the droppable, where it is known, and at the end.
  private(set) var atLimit: Mark?
  var atEnd: Mark? { last.flatMap { $0.head.seq >= start.seq ? mark($0) : nil } }
  /// The entries whose snapshots are as they should be.
  private(set) var checked: Set<Int64> = []
  /// A snapshot that is not.
  private(set) var differing: Snapshot?
  /// Whether the segment that is written to holds entries that are old enough.
  private(set) var isSealWorthwhile = false

  private let limit: Point
  private let snapshots: [Snapshot]
  private var fold: Fold<P>
  /// The snapshot's entry that the state begins with.
  private let start: Head
  /// The segment that would be dropped next.
  private var next: Int64
  /// The segment at hand, and whether all its applications' entries are old enough so far.
  private var segment: Int64 = 0
  private var isOld = true
  /// The last entry so far.
  private var last: (head: Head, time: Timestamp, place: LinePlace)?
  /// A segment that can go once something stands behind it.
  private var closed: (Closed, Mark?)?

  init(
    _ start: JournalOpening<P>.Start, limit: Point, first: Int64, snapshots: [Snapshot],
    path: String
  ) {
    self.limit = limit
    self.snapshots = snapshots
    next = first
    self.start = start.head
    fold = Fold(path: path, state: start.state, keys: start.keys)
    // What the replay began with was checked when what stood before it was dropped.
    if start.head.seq > 0 { checked.insert(start.head.seq) }
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    let isKnown = unsafe line.fields.seq > start.seq
    if isKnown {
      _ = unsafe try fold.accepted(line)
      if let failure = fold.failure { throw failure }
    }
    if let (closed, mark) = closed {
      droppable.append(closed)
      atLimit = mark
      self.closed = nil
    }
    let (fields, place) = unsafe (line.fields, line.place)
    let head = Head(seq: fields.seq, hash: unsafe line.hash)
    if head.seq == start.seq, head != start { throw startIsGone }
    last = (head, fields.time, place)
    look(at: fields, in: place.segment)
    if isKnown { check(head) }
    if fields.isSeal {
      if isOld, place.segment == next {
        closed = (
          Closed(first: next, head: head, time: fields.time),
          head.seq >= start.seq ? mark((head, fields.time, place)) : nil
        )
        next = head.seq + 1
      }
      isSealWorthwhile = false
    }
    return true
  }

  /// Not made at each entry: whoever holds a copy of the state makes the next change dear.
  private func mark(_ at: (head: Head, time: Timestamp, place: LinePlace)) -> Mark {
    Mark(state: fold.state, keys: fold.keys, head: at.head, time: at.time, place: at.place)
  }

  mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    // The snapshot stands for it, unless it was dropped only just now.
    guard tombstone.segment.last <= start.seq, tombstone.segment.last < next else {
      throw tombstone.entriesAreGone(fold.path)
    }
  }

  /// The chain holds another entry than the snapshot covers.
  private var startIsGone: JournalError {
    JournalError(
      .repaired, "entry \(start.seq) is not the one that the snapshot covers",
      hint: "run `daybook verify`; nothing was dropped", file: fold.path, seq: start.seq)
  }

  private mutating func look(at fields: ScannedLine, in segment: Int64) {
    if segment != self.segment {
      self.segment = segment
      isOld = true
    }
    guard fields.engineType == nil else { return }
    if isBefore(fields) { isSealWorthwhile = true } else { isOld = false }
  }

  private func isBefore(_ fields: ScannedLine) -> Bool {
    switch limit {
    case .head: true
    case .seq(let first): fields.seq < first
    case .time(let first): fields.time < first
    }
  }

  private mutating func check(_ head: Head) {
    guard let snapshot = snapshots.first(where: { $0.head == head }) else { return }
    if fold.state.isState(of: snapshot), fold.keys.agree(with: snapshot.keys) {
      checked.insert(head.seq)
    } else {
      differing = snapshot
    }
  }
}
