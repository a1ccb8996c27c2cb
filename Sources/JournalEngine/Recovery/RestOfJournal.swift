/// All that stands in a journal behind a place, whether it counts or not, and the highest number
/// that is found anywhere.
struct RestOfJournal {
  private let place: LinePlace?
  private(set) var lines: [RepairPlan.Line] = []
  private(set) var count = 0
  private(set) var highest: Int64 = 0
  /// Of the last segment; nil where there is none.
  private var end: JournalEnd?
  /// The numbers of its seals.
  private var seals: Set<Int64> = []

  /// Where whoever writes may go on: at the end of the last segment; and if a seal stands in it, in the
  /// segment that this leads to. What is in doubt no longer tells whether a seal counted.
  var ends: [JournalEnd]? {
    guard let end else { return nil }
    let next = seals.map { $0 + 1 }.filter { $0 > end.segment }.sorted()
    return [end] + next.map { JournalEnd(segment: $0, offset: 0, isLineOpen: false) }
  }

  /// How many lines are kept; all are counted.
  private static let kept = 10_000
  /// Of one segment: there are several where some lost a race.
  private static let mostSeals = 64

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
      seals = []
      var reader = SegmentReader()
      _ = unsafe try reader.read(file) { piece throws(JournalError) in
        if case .line(let bytes, let offset) = unsafe piece {
          unsafe add(bytes, LinePlace(segment: segment, offset: offset, length: bytes.count))
        }
        return true
      }
      end = JournalEnd(segment, offset: reader.offset, unfinished: reader.unfinished)
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
    if fields.seq < LineFormat.highestJump {
      highest = max(highest, fields.seq)
      if fields.isSeal, seals.count < Self.mostSeals {
        seals.insert(fields.seq)
        // The segment that it leads to has the next number.
        highest = max(highest, fields.seq + 1)
      }
    }
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
