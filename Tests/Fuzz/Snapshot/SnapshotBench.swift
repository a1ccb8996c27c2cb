import JournalEngine
internal import JournalTestSupport

/// A small journal of two segments with a snapshot in the second, made once.
struct SnapshotBench: Sendable {
  let segments: [Int64: [UInt8]]
  /// The snapshot, whole and sound, and what it is called.
  let snapshot: [UInt8]
  let file: String
  /// What the journal says without it.
  let state: Tally
  let head: Head

  static let made = Result { try SnapshotBench() }

  private init() throws {
    let journal = try TestJournal("j")
    var first = RawLines()
    first.open("j")
    first.add(tag: "a", id: "key")
    first.seal()
    var second = RawLines(on: first.head)
    second.add(tag: "b")
    second.add(tag: "c", id: "other key", data: #"{"tag":"é"}"#)
    journal.put(first)
    journal.put(second, segment: 4)
    _ = try journal.writer(Tally.self).compact()
    guard let path = journal.disk.paths.first(where: { $0.hasSuffix(".snapshot.json") }),
      let file = path.split(separator: "/").last, let snapshot = journal.disk.bytes(of: path)
    else { throw Violation("there is no snapshot") }
    self.snapshot = snapshot
    self.file = String(file)
    second.add(tag: "d")
    segments = [1: first.bytes, 4: second.bytes]
    journal.put(second, segment: 4)
    journal.disk.remove(path)
    let replay = try journal.reader().state(Tally.self)
    (state, head) = (replay.state, replay.head)
  }

  /// The journal, with these bytes in the snapshot's place.
  func journal(with snapshot: [UInt8]) throws -> TestJournal {
    let journal = try TestJournal("j")
    for (number, bytes) in segments { journal.disk.put(bytes, at: journal.path(number)) }
    journal.disk.put(snapshot, at: journal.folder + "/" + file)
    return journal
  }
}
