/// What is kept of a segment that is dropped: what a `journal.pruned` line and the tombstone say.
package struct PrunedSegment: Sendable, Hashable {
  /// The `seq` of its first line, which names it.
  package let first: Int64
  /// The `seq` of its last entry, the seal.
  package let last: Int64
  /// That entry's hash.
  package let head: Digest
  /// That entry's time.
  package let time: Timestamp
  /// The file's size.
  package let bytes: Int64
  /// SHA-256 of the file.
  package let digest: Digest

  var members: JSONObject {
    [
      "first": .number(JSONNumber(first)), "last": .number(JSONNumber(last)),
      "head": .string(head.description), "time": .string(time.description),
      "bytes": .number(JSONNumber(bytes)), "sha256": .string(digest.description),
    ]
  }

  init(
    first: Int64, last: Int64, head: Digest, time: Timestamp, bytes: Int64, digest: Digest
  ) {
    self.first = first
    self.last = last
    self.head = head
    self.time = time
    self.bytes = bytes
    self.digest = digest
  }

  init?(_ object: JSONObject) {
    guard let first = object["first"]?.int, first >= 1, let last = object["last"]?.int,
      last >= first, last <= LineFormat.highestJump,
      let head = object["head"]?.string.flatMap({ Digest(hex: $0) }),
      let time = object["time"]?.string.flatMap({ Timestamp($0) }),
      let bytes = object["bytes"]?.int, (0...LineFormat.longestFile).contains(bytes),
      let digest = object["sha256"]?.string.flatMap({ Digest(hex: $0) })
    else { return nil }
    self.init(
      first: first, last: last, head: head, time: time, bytes: bytes, digest: digest)
  }

  /// The segments that a `journal.pruned` entry names.
  static func named(by entry: Entry) -> [PrunedSegment] {
    let segments = (try? entry.object())?["segments"]?.array ?? []
    return segments.compactMap { $0.object.flatMap(PrunedSegment.init) }
  }

  /// The `data` of the entry that names them.
  static func data(_ segments: [PrunedSegment]) -> JSONObject {
    ["segments": .array(segments.map { .object($0.members) })]
  }
}
