/// Lines that are kept together for a while, their bytes in one piece: none of them costs an
/// allocation of its own.
struct HeldLines: Sendable {
  private struct Line {
    let range: Range<Int>
    let fields: ScannedLine
    let hash: Digest
    let place: LinePlace
  }

  private var bytes: [UInt8] = []
  private var lines: [Line] = []

  var isEmpty: Bool { lines.isEmpty }
  var count: Int { lines.count }
  var byteCount: Int { bytes.count }

  /// Where the first one stands, and its number.
  var first: (seq: Int64, place: LinePlace)? { lines.first.map { ($0.fields.seq, $0.place) } }

  mutating func add(
    _ line: UnsafeRawBufferPointer, fields: ScannedLine, hash: Digest, place: LinePlace
  ) {
    if lines.isEmpty {
      lines.reserveCapacity(16)
      bytes.reserveCapacity(min(16 * line.count, 64 << 10))
    }
    let start = bytes.count
    unsafe bytes.append(contentsOf: line)
    lines.append(Line(range: start..<bytes.count, fields: fields, hash: hash, place: place))
  }

  /// The line as an entry, which keeps the bytes of all of them.
  func entry(at index: Int) -> Entry {
    let line = lines[index]
    return Entry(
      sharing: bytes, line.range, fields: line.fields, hash: line.hash, place: line.place)
  }

  func place(at index: Int) -> LinePlace { lines[index].place }

  /// Hands out each line as it would be handed out where it stands.
  ///
  /// - Parameter body: is lent the bytes during the call.
  func forEach<E: Error>(
    groupStart: Int64, _ body: (AcceptedLine) throws(E) -> Void
  ) throws(E) {
    unsafe try bytes.withRawBytes { bytes throws(E) in
      for line in lines {
        unsafe try body(
          AcceptedLine(
            bytes: UnsafeRawBufferPointer(rebasing: bytes[line.range]), fields: line.fields,
            hash: line.hash, place: line.place, groupStart: groupStart))
      }
    }
  }

  /// Empties it, and keeps the memory unless a long line made it large.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
    lines.removeAll(keepingCapacity: lines.capacity <= 1 << 13)
  }
}
