/// An entry that is known with all that stands before it: a walk can begin behind it.
struct KnownEntry: Sendable {
  let head: Head
  let time: Timestamp
  let place: LinePlace
  /// The entries before it that repairs gave up.
  let givenUp: GivenUp

  /// The line itself, where that stands at its place with its hash.
  struct Line {
    enum Kind {
      case sealed, repaired, other
      /// The seal of a segment that was dropped.
      case dropped
    }

    let kind: Kind
    /// Where it was found; nil of a segment that was dropped.
    var file: (any SegmentFile)?
  }

  /// What kind of entry it is; nil where it is not found at its place. Of a
  /// segment that was dropped, the tombstone still vouches for the last one.
  func line(in folder: any JournalFolder) throws(JournalError) -> Line? {
    if let line = try standingLine(in: folder) { return line }
    guard let dropped = try Tombstone.read(place.segment, in: folder)?.segment,
      head == Head(seq: dropped.last, hash: dropped.head)
    else { return nil }
    return Line(kind: .dropped)
  }

  private func standingLine(in folder: any JournalFolder) throws(JournalError) -> Line? {
    guard let file = try folder.openForReading(place.file) else { return nil }
    let before: Int64 = place.offset > 0 ? 1 : 0
    let count = Int(before) + place.length + 1
    let bytes = try file.bytes(at: place.offset - before, count: count)
    guard bytes.count == count, bytes.last == UInt8(ascii: "\n"),
      before == 0 || bytes.first == UInt8(ascii: "\n")
    else { return nil }
    let line = Array(bytes[Int(before)..<count - 1])
    guard Digest(of: line) == head.hash,
      let fields = unsafe line.withUnsafeBytes({ unsafe LineScanner.scan($0) }),
      fields.seq == head.seq
    else { return nil }
    switch fields.engineType {
    case .sealed: return Line(kind: .sealed, file: file)
    case .repaired: return Line(kind: .repaired, file: file)
    default: return Line(kind: .other, file: file)
    }
  }
}

extension Snapshot {
  /// The entry that it covers.
  var entry: KnownEntry { KnownEntry(head: head, time: time, place: place, givenUp: givenUp) }
}
