/// What stands in place of a segment that was dropped on request: one line, so that the segment's
/// name is never free again (Docs/Format.md, "Pruning").
package struct Tombstone: Sendable, Hashable {
  package let journal: JournalName
  package let segment: PrunedSegment

  /// The bytes of its file.
  var bytes: [UInt8] {
    var object: JSONObject = [
      "tombstone": 1, "format": .number(JSONNumber(LineFormat.version)),
      "journal": .string(journal.text),
    ]
    for (name, value) in segment.members { object[name] = value }
    return object.bytes + [UInt8(ascii: "\n")]
  }

  init(_ segment: PrunedSegment, of journal: JournalName) {
    self.segment = segment
    self.journal = journal
  }

  /// Reads a segment's first line; nil for anything but the tombstone of that segment.
  init?(_ line: UnsafeRawBufferPointer, segment: Int64) {
    guard line.count < 1024,
      let object = (try? unsafe JSON(parsing: line))?.object,
      object["tombstone"]?.int == 1, object["format"]?.int == Int64(LineFormat.version),
      let name = object["journal"]?.string, let journal = try? JournalName(name),
      let pruned = PrunedSegment(object), pruned.first == segment
    else { return nil }
    self.init(pruned, of: journal)
  }

  /// The tombstones that a journal begins with, the oldest first.
  static func all(
    _ listing: JournalListing, in folder: any JournalFolder
  ) throws(JournalError) -> [Tombstone] {
    // Something stands behind a segment that was dropped: a single one need not be looked at.
    guard listing.segments.count > 1, var next = listing.segments.first else { return [] }
    var all: [Tombstone] = []
    while let tombstone = try read(next, in: folder) {
      all.append(tombstone)
      next = tombstone.segment.last + 1
    }
    return all
  }

  /// The last of them; nil where a journal begins with entries.
  static func last(
    _ listing: JournalListing, in folder: any JournalFolder
  ) throws(JournalError) -> Tombstone? {
    try all(listing, in: folder).last
  }

  /// The tombstone that stands in a segment's place; nil where none does.
  static func read(
    _ segment: Int64, in folder: any JournalFolder
  ) throws(JournalError) -> Tombstone? {
    guard let file = try folder.openForReading(SegmentName.file(firstSeq: segment)) else {
      return nil
    }
    let start = try file.bytes(at: 0, count: 1024)
    guard let newline = start.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return unsafe start.withUnsafeBytes { bytes in
      unsafe Tombstone(UnsafeRawBufferPointer(rebasing: bytes[..<newline]), segment: segment)
    }
  }

  /// The error of a reader that needs the entries themselves.
  func entriesAreGone(_ path: String) -> JournalError {
    JournalError(
      .pruned, "the entries up to seq \(segment.last) were dropped by pruning",
      hint: "read from a later entry, or from a copy that was made before",
      file: path + "/" + SegmentName.file(firstSeq: segment.first), seq: segment.last)
  }
}
