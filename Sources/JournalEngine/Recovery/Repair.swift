/// A `journal.repaired` line: what stands between the last entry beyond doubt and this line is
/// given up (Docs/Format.md, "Repair").
package struct Repair: Sendable, Hashable {
  /// The last entry beyond doubt: the chain goes on from it.
  package let from: Head
  /// The line's own number and hash.
  package let line: Head
  package let time: Timestamp
  package let place: LinePlace

  /// Reads a line; nil where it is no repair, or does not stand at the place that it names. So a
  /// repair counts only if nobody appended between the look and the write.
  package init?(_ entry: Entry) {
    // Spelled without escapes, so that it is found without reading every line as JSON.
    let spelling = Self.spelling
    guard entry.fields.engineType == .repaired, !entry.more,
      unsafe entry.withLine({ unsafe $0[entry.fields.type.range].elementsEqual(spelling) }),
      entry.seq <= LineFormat.highestJump, entry.seq > entry.place.segment,
      let data = try? entry.object(),
      let from = data["from"]?.object, let seq = from["seq"]?.int, seq >= 0, seq < entry.seq,
      let hash = from["hash"]?.string.flatMap({ Digest(hex: $0) }), hash == entry.prev,
      let at = data["at"]?.object, at["segment"]?.int == entry.place.segment,
      at["offset"]?.int == entry.place.offset
    else { return nil }
    self.from = Head(seq: seq, hash: hash)
    line = Head(seq: entry.seq, hash: entry.hash)
    time = entry.time
    place = entry.place
  }

  private static let spelling = Array("\"\(EngineType.repaired.rawValue)\"".utf8)

  /// The members of the line's `data` that make it a repair.
  static func data(from: Head, segment: Int64, offset: Int64) -> JSONObject {
    [
      "from": ["seq": .number(JSONNumber(from.seq)), "hash": .string(from.hash.description)],
      "at": ["segment": .number(JSONNumber(segment)), "offset": .number(JSONNumber(offset))],
    ]
  }

  /// Whether an entry of this number was given up.
  func givesUp(_ seq: Int64) -> Bool { seq > from.seq && seq < line.seq }
}
