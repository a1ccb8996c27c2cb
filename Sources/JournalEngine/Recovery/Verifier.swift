/// Sees every line of a journal and notes what is to be known of it.
struct Verifier: LineVisitor {
  let journal: JournalName
  let expected: Head?
  let now: Timestamp
  let path: String
  let progress: (Int64) -> Void

  private(set) var findings: [Finding] = []
  private(set) var counts: [Finding.Kind: Int] = [:]
  private(set) var entries: Int64 = 0
  private(set) var bytes: Int64 = 0
  private(set) var time: Timestamp?
  private(set) var headDamage: Damage?
  private var foundHead = false

  /// How many findings that are not damage are kept; all are counted.
  private static let kept = 10_000

  init(
    _ journal: JournalName, expected: Head?, now: Timestamp, path: String,
    progress: @escaping (Int64) -> Void
  ) {
    self.journal = journal
    self.expected = expected
    self.now = now
    self.path = path
    self.progress = progress
    foundHead = expected == nil || expected == Head.none
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    let fields = unsafe line.fields
    let place = unsafe line.place
    if fields.seq == 1 { checkOpening(unsafe line.entry) }
    if let time, fields.time < time {
      add(.timeWentBack, place, fields.seq, "entry \(fields.seq) is earlier than the one before it")
    }
    if fields.time > now.advanced(byMicroseconds: 300_000_000), time.map({ $0 <= now }) ?? true {
      add(.timeAhead, place, fields.seq, "entry \(fields.seq) is of \(fields.time), later than now")
    }
    if let expected, fields.seq == expected.seq {
      foundHead = true
      if unsafe line.hash != expected.hash {
        let cause = unsafe "entry \(fields.seq) has the hash \(line.hash), not that of the head"
        add(.headLost, place, fields.seq, cause)
        headDamage = Damage(
          lastBeyondDoubt: 0, file: file(place), offset: place.offset, cause: cause)
      }
    }
    entries += 1
    time = fields.time
    read(place)
    return true
  }

  mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    let segment = tombstone.segment
    time = segment.time
    guard let expected, expected.seq <= segment.last, !foundHead else { return }
    foundHead = true
    let place = LinePlace(segment: segment.first, offset: 0, length: 0)
    if expected.seq < segment.last {
      add(
        .headDropped, place, expected.seq,
        "entry \(expected.seq) was dropped by pruning: the head cannot be checked")
    } else if expected.hash != segment.head {
      let cause = "entry \(expected.seq) has the hash \(segment.head), not that of the head"
      add(.headLost, place, expected.seq, cause)
      headDamage = Damage(lastBeyondDoubt: 0, file: file(place), offset: 0, cause: cause)
    }
  }

  /// An entry that the projection cannot read.
  mutating func note(_ kind: Finding.Kind, _ error: JournalError) {
    counts[kind, default: 0] += 1
    findings.append(
      Finding(
        kind: kind, file: error.file ?? path, offset: error.offset ?? 0, length: 0,
        seq: error.seq, message: error.message))
  }

  /// Something that a snapshot shows.
  mutating func note(
    _ kind: Finding.Kind, inSnapshot file: String, _ seq: Int64, _ message: String
  ) {
    counts[kind, default: 0] += 1
    findings.append(
      Finding(
        kind: kind, file: path + "/" + file, offset: 0, length: 0, seq: seq, message: message))
  }

  mutating func void(_ line: VoidLine, at place: LinePlace) {
    read(place)
    let what = line.seq.map { "a line that says seq \($0)" } ?? "a line"
    switch line.kind {
    case .torn: add(.torn, place, nil, "not a line: a write was cut short there")
    case .lostRace:
      add(.lostRace, place, line.seq, "\(what): its writer was second, and tried again")
    case .givenUp: add(.givenUp, place, line.seq, "\(what) was in doubt, and a repair gave it up")
    case .unchained: add(.unchained, place, line.seq, "\(what) chains on one that is not there")
    }
    if let last = line.lastBeyondDoubt {
      add(
        .damage, place, line.seq,
        "\(what) shows that entries which were vouched for are missing or altered; "
          + "beyond doubt up to seq \(last)")
    }
  }

  /// What shows only at the end.
  mutating func finish(_ walk: JournalWalk) {
    let end = walk.end
    if let segment = walk.segment, end.unfinished > 0 {
      let place = LinePlace(
        segment: segment, offset: end.offset, length: Int(end.unfinished))
      add(.unfinished, place, nil, "no newline yet: a write in flight, or cut short")
    }
    if let first = walk.group.first {
      add(
        .unfinishedGroup, first.place, first.seq, "its group does not count without its last line")
    }
    if let expected, !foundHead {
      let head = walk.chain.head.seq
      let cause =
        expected.seq == 0
        ? "the head 0 has 64 zeros, and no other hash"
        : expected.seq <= head
          ? "entry \(expected.seq) was given up by a repair"
          : "the journal ends at seq \(head), before the head \(expected.seq)"
      let place = LinePlace(segment: walk.segment ?? 1, offset: end.offset, length: 0)
      add(.headLost, place, expected.seq, cause)
      headDamage = Damage(
        lastBeyondDoubt: walk.chain.head.seq, file: file(place), offset: end.offset, cause: cause)
    }
    for gap in walk.gaps {
      counts[.damage, default: 0] += 1
      findings.append(
        Finding(
          kind: .damage, file: gap.file, offset: gap.offset, length: 0, seq: nil,
          message: gap.cause))
    }
    let said = walk.pruned + walk.prunedBeforeRepair
    for tombstone in walk.dropped where !said.contains(tombstone.segment) {
      let place = LinePlace(segment: tombstone.segment.first, offset: 0, length: 0)
      add(
        .damage, place, tombstone.segment.last,
        "the segment was replaced by a tombstone, and no entry says that it was dropped")
    }
    // The void lines of a group are told once it is known that they are: later than they stand.
    findings.sort { ($0.file, $0.offset) < ($1.file, $1.offset) }
  }

  private mutating func checkOpening(_ entry: Entry) {
    guard entry.fields.engineType == .opened, let data = try? entry.object() else {
      add(.notOpened, entry.place, 1, "the first entry is \(entry.type)")
      return
    }
    if let name = data["journal"]?.string, name != journal.text {
      add(.renamed, entry.place, 1, "it was begun as \(name)")
    }
  }

  private mutating func read(_ place: LinePlace) {
    bytes += Int64(place.length) + 1
    progress(bytes)
  }

  private func file(_ place: LinePlace) -> String { path + "/" + place.file }

  private mutating func add(
    _ kind: Finding.Kind, _ place: LinePlace, _ seq: Int64?, _ message: String
  ) {
    counts[kind, default: 0] += 1
    let finding = Finding(
      kind: kind, file: file(place), offset: place.offset, length: place.length, seq: seq,
      message: message)
    if finding.isDamage || findings.count < Self.kept { findings.append(finding) }
  }
}
