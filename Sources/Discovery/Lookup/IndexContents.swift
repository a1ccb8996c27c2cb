import JournalEngine

/// What the index file says. Lines are `SESSION JOURNAL`, and `@ LENGTH JOURNAL EXTENT SHA256` at
/// the end of a batch: the batch began LENGTH bytes before, the journal was scanned to EXTENT
/// bytes, and the hash is of the batch with this line as far as the hash.
///
/// A newline stands before all that is written, so that nothing is glued to the torn end of an
/// earlier write. Blank lines mean nothing.
struct IndexContents {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A hint as it is written.
  static func hint(_ session: String, in journal: JournalName) -> String {
    "\n\(session) \(journal)\n"
  }

  /// A batch as it is written.
  static func batch(_ lines: String, journal: JournalName, extent: Int64) -> String {
    let text = lines + "@ \(lines.utf8.count) \(journal) \(extent) "
    return "\n" + text + "\(Digest(of: Array(text.utf8)))\n"
  }

  /// The journals that are said to hold a session.
  func places(of session: String) -> Set<JournalName> {
    var found: Set<JournalName> = []
    for rest in bytes.lines(beginningWith: session + " ") {
      let name = String(decoding: bytes[rest], as: UTF8.self)
      if let journal = try? JournalName(name) { found.insert(journal) }
    }
    return found
  }

  /// Each session and the journal that is said to hold it.
  func forEachHint(_ body: (_ session: String, _ journal: String) -> Void) {
    for line in lines where line.first != UInt8(ascii: "@") {
      let parts = line.split(separator: UInt8(ascii: " "))
      guard parts.count == 2 else { continue }
      body(String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
    }
  }

  /// How far each journal was scanned, by the batches whose check holds.
  func scanned() -> [JournalName: Int64] {
    var scanned: [JournalName: Int64] = [:]
    // Of a batch that is one, no part is of another: none is hashed twice.
    var free = 0
    for rest in bytes.lines(beginningWith: "@ ") {
      let line = rest.lowerBound - 2
      let parts = String(decoding: bytes[rest], as: UTF8.self).split(separator: " ")
      guard parts.count == 4, let length = Int(parts[0]), length >= 0, length <= line,
        let journal = try? JournalName(String(parts[1])), let extent = Int64(parts[2]),
        let digest = Digest(hex: parts[3])
      else { continue }
      let start = line - length
      guard start >= free, start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { continue }
      free = rest.upperBound
      let batch = bytes[start..<rest.upperBound - 64]
      if Digest(of: Array(batch)) == digest { scanned[journal] = extent }
    }
    return scanned
  }

  private var lines: some Sequence<ArraySlice<UInt8>> {
    bytes.split(separator: UInt8(ascii: "\n"))
  }
}
