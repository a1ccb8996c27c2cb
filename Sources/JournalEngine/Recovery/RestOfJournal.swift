/// All that stands in a journal behind a place, whether it counts or not, and the highest number
/// that is found anywhere.
struct RestOfJournal {
  private let place: LinePlace?
  private(set) var lines: [RepairPlan.Line] = []
  private(set) var count = 0
  private(set) var highest: Int64 = 0
  /// Just after the last newline of the last segment, and whether bytes stand behind it.
  private(set) var end: Int64 = 0
  private(set) var isLineOpen = false

  /// How many lines are kept; all are counted.
  private static let kept = 10_000

  /// - Parameter place: the line behind which the rest begins; nil for all.
  init(after place: LinePlace?) {
    self.place = place
  }

  mutating func read(
    _ listing: JournalListing, in folder: any JournalFolder, journal: JournalName
  ) throws(JournalError) {
    for segment in listing.segments {
      guard let file = try folder.openForReading(SegmentName.file(firstSeq: segment)) else {
        continue
      }
      if segment < LineFormat.highestJump { highest = max(highest, segment) }
      var reader = SegmentReader()
      _ = unsafe try reader.read(file) { piece throws(JournalError) in
        if case .line(let bytes, let offset) = unsafe piece {
          unsafe add(bytes, LinePlace(segment: segment, offset: offset, length: bytes.count))
        }
        return true
      }
      isLineOpen = reader.unfinished > 0
      end = reader.offset + reader.unfinished
    }
    for name in listing.snapshots where name.seq > highest {
      guard case .success(let (snapshot, _)) = Snapshot.read(name, of: journal, in: folder)
      else { continue }
      if snapshot.head.seq < LineFormat.highestJump { highest = max(highest, snapshot.head.seq) }
    }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer, _ place: LinePlace) {
    guard let fields = unsafe LineScanner.scan(bytes) else { return }
    // A number that no chain reaches is nobody's: the repair could not stand above it.
    if fields.seq < LineFormat.highestJump { highest = max(highest, fields.seq) }
    if let first = self.place,
      (place.segment, place.offset) <= (first.segment, first.offset)
    {
      return
    }
    count += 1
    guard lines.count < Self.kept else { return }
    let entry = unsafe Entry(bytes, fields: fields, hash: .zero, place: place)
    lines.append(
      RepairPlan.Line(
        seq: entry.seq, type: entry.type, subject: entry.subject, time: entry.time, place: place))
  }
}
