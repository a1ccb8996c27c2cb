import JournalEngine
internal import JournalTestSupport

/// What must hold of the walk along a journal, whatever stands in its files.
enum WalkChecks {
  static func check(_ input: [UInt8]) throws {
    let fuzzed = FuzzedJournal(input)
    let journal = try TestJournal(FuzzedJournal.name)
    fuzzed.put(on: journal)
    let system = MemoryFileSystem(on: journal.disk)
    let record = try walk(journal, system)
    try chainHolds(record)
    try everyLineIsDecided(record, fuzzed)
    try sameInOtherSteps(record, fuzzed, journal)
    try goesOn(record, fuzzed, journal)
  }

  private static func walk(
    _ journal: TestJournal, _ system: MemoryFileSystem, pause: Int = 0,
    meanwhile: () -> Void = {}
  ) throws -> WalkRecord {
    var record = WalkRecord(pause: pause)
    guard let folder = try system.journalFolder(FuzzedJournal.name, in: journal.root) else {
      return record
    }
    let walk = JournalWalk(folder, name: journal.name, clock: journal.clock)
    do {
      while try !walk.advance(&record), walk.segment != nil, pause > 0 {}
      meanwhile()
      while try !walk.advance(&record), walk.segment != nil, pause > 0 {}
    } catch {
      record.error = error.code
    }
    record.head = walk.chain.head
    record.pending = walk.chain.pending.count
    record.segment = walk.segment
    record.damage = walk.damage
    return record
  }

  /// `seq` goes up by one, each `prev` is the hash of the line before, and each hash is the line's;
  /// but behind a segment that was dropped and behind a repair the chain goes on from what they say.
  private static func chainHolds(_ record: WalkRecord) throws {
    var head = Head.none
    var groupStart: Int64 = 1
    var dropped = record.dropped[...]
    func passDropped(_ count: Int) throws {
      while let next = dropped.first, next.after == count {
        try Violation.unless(next.segment.first == head.seq + 1, "another segment was dropped")
        head = Head(seq: next.segment.last, hash: next.segment.head)
        groupStart = head.seq + 1
        dropped.removeFirst()
      }
    }
    for (count, line) in record.accepted.enumerated() {
      try passDropped(count)
      try Violation.unless(line.head.hash == SHA256.digest(of: line.bytes), "a wrong hash")
      try Violation.unless(line.prev == head.hash, "the hash chain is broken")
      if line.repair?.from == head, groupStart > head.seq {
        groupStart = line.head.seq
      } else {
        try Violation.unless(line.head.seq == head.seq + 1, "seq does not go up by one")
      }
      try Violation.unless(line.groupStart == groupStart, "a group begins elsewhere")
      head = line.head
      if !line.more { groupStart = head.seq + 1 }
    }
    try passDropped(record.accepted.count)
    guard record.error == nil else { return }
    try Violation.unless(record.accepted.last?.more != true, "half a group is accepted")
    try Violation.unless(record.head == head, "the head is not the last accepted line")
    let limits = record.void.compactMap(\.line.lastBeyondDoubt)
    try Violation.unless(
      limits.allSatisfy { $0 >= 0 && $0 <= head.seq }, "what is beyond doubt is not there")
    try Violation.unless(
      limits.isEmpty || (record.damage?.lastBeyondDoubt ?? .max) <= (limits.min() ?? 0),
      "damage is not told")
  }

  /// Each line of the files that were read is accepted, void or pending, and once only.
  private static func everyLineIsDecided(
    _ record: WalkRecord, _ fuzzed: FuzzedJournal
  ) throws {
    guard record.error == nil else { return }
    let places = record.accepted.map(\.place) + record.void.map(\.place)
    try Violation.unless(Set(places).count == places.count, "a line is decided twice")
    let read = Set(places.map(\.segment) + (record.segment.map { [$0] } ?? []))
    let stones = Set(record.dropped.map(\.segment.first))
    let expected = Set(read.flatMap { fuzzed.lines(of: $0) }).filter {
      $0.offset > 0 || !stones.contains($0.segment)
    }
    try Violation.unless(expected.isSuperset(of: places), "a line is decided that is not there")
    try Violation.unless(
      places.count + record.pending == expected.count, "a line is not decided")
    for line in record.accepted {
      let start = Int(line.place.offset)
      let bytes = fuzzed.segments[line.place.segment]?[start..<start + line.place.length]
      try Violation.unless(bytes.map { Array($0) } == line.bytes, "other bytes are handed out")
    }
  }

  /// The verdict does not depend on how the bytes come.
  private static func sameInOtherSteps(
    _ record: WalkRecord, _ fuzzed: FuzzedJournal, _ journal: TestJournal
  ) throws {
    let short = MemoryFileSystem(on: journal.disk)
    short.chooseFault = { $0.kind == .read ? .short(fuzzed.readSize) : nil }
    try Violation.unless(try walk(journal, short) == record, "the size of reads matters")

    let quiet = MemoryFileSystem(on: journal.disk)
    quiet.lastWrite = .earliest
    try Violation.unless(try walk(journal, quiet) == record, "the time of the last write matters")

    let whole = MemoryFileSystem(on: journal.disk)
    try Violation.unless(
      try walk(journal, whole, pause: fuzzed.pause) == record, "a pause matters")

    let growing = try TestJournal(FuzzedJournal.name)
    fuzzed.put(on: growing, isWhole: false)
    let grown = try walk(growing, MemoryFileSystem(on: growing.disk)) {
      fuzzed.putRest(on: growing)
    }
    // With a repair among what came later, what it gave up was seen as something else before, and
    // where that was damage or of a newer format, the walk may not have come to the repair.
    let isSame =
      fuzzed.isRepaired
      ? grown.error == .repaired || grown.error == .newerFormat || grown.damage != nil
        || (grown.accepted == record.accepted && grown.head == record.head
          && grown.error == record.error)
      : grown == record
    try Violation.unless(isSame, "walking in two steps gives something else")
  }

  /// Where nothing is damaged a writer goes on, and where something is it refuses; what was there
  /// stays as it was.
  private static func goesOn(
    _ record: WalkRecord, _ fuzzed: FuzzedJournal, _ journal: TestJournal
  ) throws {
    let before = journal.disk.paths.map { ($0, journal.disk.bytes(of: $0) ?? []) }
    var appended: Receipt?
    var refused: JournalError.Code?
    do {
      appended = try journal.writer(Recorder.self).append(RecordedEvent(type: "more"))
    } catch let error as JournalError {
      refused = error.code
    }
    for (path, bytes) in before {
      try Violation.unless(
        journal.disk.bytes(of: path)?.starts(with: bytes) == true, "history was changed")
    }
    let after = try walk(journal, MemoryFileSystem(on: journal.disk))
    // A repair that lacked no more than its newline counts as soon as a write ends it.
    try Violation.unless(
      after.accepted.starts(with: record.accepted) || fuzzed.isRepaired && appended == nil,
      "an append takes entries away")
    if let refused {
      let isExpected =
        switch refused {
        case .damaged: record.damage != nil
        case .newerFormat: record.error == refused
        case .pruned: !record.dropped.isEmpty
        case .repaired: fuzzed.isRepaired
        // Data that nests too deep is well formed, and no event.
        case .undecodable: true
        // What stood behind the last newline was no line yet. The write made one of it.
        case .outcomeUnknown:
          after.damage != nil || after.error != nil || fuzzed.isRepaired
        default: false
        }
      try Violation.unless(isExpected, "a writer is refused: \(refused)")
    }
    guard let appended else { return }
    try Violation.unless(record.damage == nil && record.error == nil, "damage is written on")
    try Violation.unless(
      after.accepted.contains { $0.head.seq == appended.seqs?.upperBound },
      "what was acknowledged is not there")
  }
}
