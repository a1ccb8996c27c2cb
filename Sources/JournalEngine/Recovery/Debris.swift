/// What a crash left behind and nobody has noted yet: ranges of bytes that do not count.
package struct Debris: Sendable {
  /// In the order of the files; neighbours are one.
  package private(set) var ranges: [LinePlace] = []

  /// More than so many are not remembered: noting them is for the auditor alone.
  private static let most = 1024
  /// How many one entry notes.
  private static let mostNoted = 64

  var isEmpty: Bool { ranges.isEmpty }

  mutating func add(_ place: LinePlace) {
    if let last = ranges.last, last.segment == place.segment,
      last.offset + Int64(last.length) + 1 == place.offset
    {
      let length = last.length + 1 + place.length
      ranges[ranges.count - 1] = LinePlace(
        segment: last.segment, offset: last.offset, length: length)
    } else if ranges.count < Self.most {
      ranges.append(place)
    }
  }

  /// Forgets what a `journal.recovered` entry notes.
  mutating func forget(_ entry: Entry) {
    for noted in (try? entry.object())?["debris"]?.array ?? [] {
      guard let segment = noted["segment"]?.int, let start = noted["offset"]?.int,
        let length = noted["length"]?.int
      else { continue }
      let (end, overflow) = start.addingReportingOverflow(length)
      if overflow { continue }
      ranges.removeAll {
        $0.segment == segment && $0.offset >= start && $0.offset + Int64($0.length) <= end
      }
    }
  }

  /// The `data` of an entry that notes the oldest of it; nil where there is none.
  func noted(in folder: any JournalFolder) throws(JournalError) -> JSONObject? {
    var noted: [JSON] = []
    for range in ranges.prefix(Self.mostNoted) {
      guard let file = try folder.openForReading(range.file) else { continue }
      let digest = try file.digest(from: range.offset, count: Int64(range.length))
      noted.append([
        "segment": .number(JSONNumber(range.segment)),
        "offset": .number(JSONNumber(range.offset)),
        "length": .number(JSONNumber(range.length)), "sha256": .string(digest.description),
      ])
    }
    return noted.isEmpty ? nil : ["debris": .array(noted)]
  }
}

extension SegmentFile {
  /// SHA-256 of a range. Memory: a buffer of 1 MiB.
  func digest(from offset: Int64, count: Int64) throws(JournalError) -> Digest {
    var hash = SHA256()
    var done: Int64 = 0
    while done < count {
      let piece = try bytes(at: offset + done, count: Int(min(count - done, 1 << 20)))
      guard !piece.isEmpty else { break }
      unsafe piece.withUnsafeBytes { unsafe hash.update($0) }
      done += Int64(piece.count)
    }
    return hash.finish()
  }
}
