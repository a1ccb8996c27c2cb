import JournalEngine

/// Everything that a walk hands out.
struct WalkRecord: LineVisitor, Equatable {
  struct Accepted: Equatable {
    let head: Head
    let prev: Digest
    let groupStart: Int64
    let more: Bool
    let place: LinePlace
    let bytes: [UInt8]
    /// What it gives up, where it is a repair at its place.
    let repair: Repair?
  }

  struct Void: Equatable {
    let line: VoidLine
    let place: LinePlace
  }

  /// The stones of segments that were dropped, and after how many entries each came.
  struct Dropped: Equatable {
    let after: Int
    let segment: PrunedSegment
  }

  private(set) var accepted: [Accepted] = []
  private(set) var dropped: [Dropped] = []
  private(set) var void: [Void] = []
  var head = Head.none
  var pending = 0
  /// The segment where it ended.
  var segment: Int64?
  var damage: Damage?
  /// The code of the error that ended it.
  var error: JournalError.Code?
  /// After so many entries it pauses; 0 is never.
  private let pause: Int

  init(pause: Int = 0) { self.pause = pause }

  mutating func accepted(_ line: AcceptedLine) -> Bool {
    accepted.append(
      Accepted(
        head: Head(seq: line.fields.seq, hash: line.hash), prev: line.fields.prev,
        groupStart: line.groupStart, more: line.fields.more, place: line.place,
        bytes: [UInt8](line.bytes), repair: Repair(line.entry)))
    return pause == 0 || accepted.count % pause != 0
  }

  mutating func void(_ line: VoidLine, at place: LinePlace) {
    void.append(Void(line: line, place: place))
  }

  mutating func dropped(_ tombstone: Tombstone) {
    dropped.append(Dropped(after: accepted.count, segment: tombstone.segment))
  }

  static func == (a: WalkRecord, b: WalkRecord) -> Bool {
    a.accepted == b.accepted && a.void == b.void && a.dropped == b.dropped && a.head == b.head
      && a.pending == b.pending
      && a.damage == b.damage && a.error == b.error
  }
}
