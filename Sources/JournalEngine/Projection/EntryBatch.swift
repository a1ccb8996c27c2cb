/// Entries that go from one thread to another together: their bytes in one piece, so that a line
/// costs no allocation on the thread that reads.
struct EntryBatch: Sendable {
  private struct Line {
    let end: Int
    let fields: ScannedLine
    let hash: Digest
    let place: LinePlace
  }

  private var bytes: [UInt8] = []
  private var lines: [Line] = []

  var isEmpty: Bool { lines.isEmpty }

  /// Large enough that handing it over costs nothing, small enough to stay in a core's cache.
  var isFull: Bool { lines.count >= 512 || bytes.count >= 128 << 10 }

  mutating func add(_ line: AcceptedLine) {
    unsafe bytes.append(contentsOf: line.bytes)
    lines.append(
      Line(
        end: bytes.count, fields: unsafe line.fields, hash: unsafe line.hash,
        place: unsafe line.place))
  }

  func forEach(_ body: (Entry) -> Void) {
    var start = 0
    for line in lines {
      body(
        Entry(
          line: Array(bytes[start..<line.end]), fields: line.fields, hash: line.hash,
          place: line.place))
      start = line.end
    }
  }

  /// Empties it, and keeps the memory unless a long line made it large.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
    lines.removeAll(keepingCapacity: true)
  }
}
