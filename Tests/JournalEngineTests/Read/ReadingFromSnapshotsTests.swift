import JournalEngine
import JournalTestSupport
import Testing

@Suite("Reading the newest entries")
struct ReadingFromSnapshotsTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  private static let byHand = WriteOptions(snapshots: .never)

  /// A journal of so many tags, with a snapshot after every hundred of them.
  private func writer(_ count: Int) throws -> JournalWriter<Tally> {
    let writer = try journal.writer(options: Self.byHand)
    for tag in 1...count {
      try writer.append(Tally.Event("\(tag)"))
      if tag.isMultiple(of: 100) { try writer.compact(CompactionOptions(keep: 9)) }
    }
    return writer
  }

  private func newest(
    _ limit: Int, since: Point? = nil, on system: MemoryFileSystem? = nil,
    where isWanted: @escaping (Entry) -> Bool = { _ in true }
  ) throws -> [Int64]? {
    try journal.reader(on: system).newest(limit, since: since, where: isWanted)?.map(\.seq)
  }

  private func snapshotSize() throws -> Int {
    let path = try #require(journal.disk.paths.last { $0.hasSuffix(".snapshot.json") })
    return try #require(journal.disk.bytes(of: path)).count
  }

  private func bytesRead(_ body: (MemoryFileSystem) throws -> Void) throws -> Int {
    let system = MemoryFileSystem(on: journal.disk)
    try body(system)
    return system.reads.reduce(0) { $0 + $1.got }
  }

  @Test("gives what reading all of them gives, wherever the snapshots stand")
  func sameAsAll() async throws {
    try await Property.check("newest entries", rounds: 60) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try TestJournal(seed: seed)
      let writer = try journal.writer(
        options: WriteOptions(segmentLimit: Int64(500 + random.below(3000)), snapshots: .never))
      for tag in 0..<20 + random.below(60) {
        try writer.append(Tally.Event("\(tag)"))
        if random.below(3) == 0 { journal.clock.advance(by: .seconds(1)) }
        guard random.below(8) == 0 else { continue }
        let prune: Point? = random.below(4) == 0 ? .seq(Int64(random.below(tag + 2))) : nil
        try writer.compact(CompactionOptions(keep: 1 + random.below(5), pruneBefore: prune))
      }
      let all = try journal.entries()
      let last = try #require(all.last)
      for _ in 0..<8 {
        let limit = random.below(all.count + 3)
        let rest = Int64(random.below(4))
        let some = all[random.below(all.count)]
        let since: Point? = [nil, .seq(some.seq), .time(some.time)][random.below(3)]
        func isWanted(_ entry: Entry) -> Bool {
          let isSince =
            switch since {
            case .seq(let seq): entry.seq >= seq
            case .time(let time): entry.time >= time
            default: true
            }
          return isSince && entry.seq % 4 != rest
        }
        let expected = all.filter(isWanted).suffix(limit).map(\.seq)
        let newest = try journal.reader().newest(limit, since: since, where: isWanted)
        try Violation.unless(
          newest == nil || newest?.map(\.seq) == expected,
          "\(limit) since \(String(describing: since))")
        let cursor = Head(seq: some.seq, hash: some.hash)
        var behind: [Int64] = []
        var bookmark = Bookmark(cursor)
        try journal.reader().readOn(from: &bookmark) { entries in
          behind += entries.map(\.seq)
          return true
        }
        try Violation.unless(
          behind == all.map(\.seq).filter { $0 > some.seq }, "\(behind) behind \(some.seq)")
        let set = try journal.reader().bookmark(at: some.seq)
        try Violation.unless(set.head == cursor, "\(set) at \(some.seq)")
        var coming: [Entry] = []
        _ = try journal.reader().forEachLine(coming: since) { line in
          if case .entry(let entry) = line { coming.append(entry) }
          return true
        }
        try Violation.unless(
          coming.filter(isWanted).map(\.seq) == all.filter(isWanted).map(\.seq),
          "not all since \(String(describing: since))")
      }
      let head = try journal.reader().bookmarkAtHead().head
      try Violation.unless(head == Head(seq: last.seq, hash: last.hash), "\(head) is the head")
    }
  }

  @Test("reads one snapshot and what stands behind it, and further back only for more")
  func cost() throws {
    let writer = try writer(1000)
    for tag in 0..<10 { try writer.append(Tally.Event("new \(tag)")) }
    let line = try #require(journal.entries().last).place.length + 1
    let snapshot = try snapshotSize()
    func limited(_ limit: Int, reads lines: Int) throws {
      let read = try bytesRead { system in
        let seqs = try newest(limit, on: system)
        #expect(seqs?.count == limit)
      }
      #expect(read < lines * line + 4 * snapshot + 4096, "\(read) bytes for \(limit) entries")
    }
    // Each line twice: once for repairs.
    try limited(10, reads: 2 * 10 + 2)
    try limited(60, reads: 2 * 120 + 4)
    try limited(300, reads: 2 * 3 * 310)
    #expect(try newest(1000) == nil)
  }

  @Test("reads no further back than what was asked for")
  func since() throws {
    let writer = try writer(300)
    let old = try #require(journal.entries().last)
    journal.clock.advance(by: .seconds(10))
    for tag in 0..<3 { try writer.append(Tally.Event("new \(tag)")) }
    let line = old.place.length + 1
    let snapshot = try snapshotSize()
    for since in [Point.seq(old.seq + 1), .time(old.time.advanced(byMicroseconds: 5_000_000))] {
      let read = try bytesRead { system in
        let seqs = try newest(50, since: since, on: system) { $0.seq > old.seq }
        #expect(seqs == [302, 303, 304])
      }
      #expect(read < 10 * line + 2 * snapshot, "\(read) bytes")
      var seqs: [Int64] = []
      let streamed = try bytesRead { system in
        _ = try journal.reader(on: system).forEachLine(coming: since) { line in
          if case .entry(let entry) = line { seqs.append(entry.seq) }
          return true
        }
      }
      #expect(seqs.suffix(3) == [302, 303, 304])
      #expect(streamed < 10 * line + 2 * snapshot, "\(streamed) bytes")
    }
  }

  @Test("goes on behind a cursor, or from now on, without reading what is long before it")
  func cursors() async throws {
    let writer = try writer(1000)
    try writer.append(Tally.Event("new"))
    let entries = try journal.entries()
    let cursor = try #require(entries.dropLast().last)
    let whole = journal.bytes().count
    let system = MemoryFileSystem(on: journal.disk)
    let reader = journal.reader(on: system)
    var seqs: [Int64] = []
    for try await entry in reader.entries(from: .after(Head(seq: cursor.seq, hash: cursor.hash))) {
      seqs.append(entry.seq)
    }
    for try await entry in reader.entries(from: .now) { seqs.append(entry.seq) }
    #expect(seqs == [1002])
    #expect(try reader.bookmark(at: 1000).head == Head(seq: 1000, hash: entries[999].hash))
    #expect(try reader.bookmarkAtHead().head == writer.head)
    #expect(try reader.head() == writer.head)
    let read = system.reads.reduce(0) { $0 + $1.got }
    #expect(read < whole, "\(read) bytes of \(whole) for five looks")
  }

  @Test(
    "leaves it to a reading of the whole where there is damage, and says where a number is none")
  func damage() throws {
    let writer = try writer(200)
    #expect(try newest(3) == [199, 200, 201])
    let error = #expect(throws: JournalError.self) { try self.journal.reader().bookmark(at: 999) }
    #expect(error?.message.contains("ends with entry 201") == true)
    journal.disk.append(
      RawLines.line(seq: 999, prev: SHA256.digest(of: [1]), durable: 998) + [10],
      to: journal.path())
    #expect(try newest(3) == nil)
    _ = writer
  }

  @Test("begins at no snapshot of what was dropped")
  func pruned() throws {
    let writer = try journal.writer(options: WriteOptions(segmentLimit: 700, snapshots: .never))
    for tag in 0..<20 {
      try writer.append(Tally.Event("\(tag)"))
      try writer.compact(CompactionOptions(keep: 99))
    }
    try writer.compact(CompactionOptions(keep: 99, pruneBefore: .seq(14)))
    let left = try journal.entries().map(\.seq)
    for limit in 0...left.count + 1 {
      let seqs = try newest(limit)
      #expect(seqs == nil || seqs == left.suffix(limit), "\(limit)")
    }
    #expect(try newest(3) != nil)
  }

  @Test("passes over nothing that is dropped meanwhile, whenever that is")
  func prunedMeanwhile() throws {
    var isLate = false
    var moment = 0
    while !isLate {
      moment += 1
      let journal = try TestJournal()
      let writer = try journal.writer(
        options: WriteOptions(segmentLimit: 700, snapshots: .never))
      for tag in 0..<2 { try writer.append(Tally.Event("\(tag)")) }
      try writer.compact()
      for tag in 2..<20 { try writer.append(Tally.Event("\(tag)")) }
      let system = MemoryFileSystem(on: journal.disk)
      var reads = 0
      system.onOperation = { operation in
        guard operation.kind == .read || operation.kind == .openForReading else { return }
        reads += 1
        guard reads == moment else { return }
        do {
          try writer.compact(CompactionOptions(keep: 9, pruneBefore: .seq(14)))
        } catch { Issue.record(error) }
      }
      let seqs = try journal.reader(on: system).newest(99, since: .seq(4)) { _ in true }?
        .map(\.seq)
      isLate = reads < moment
      guard let seqs, let first = seqs.first, let last = seqs.last else { continue }
      #expect(seqs == Array(first...last), "at \(moment)")
      #expect(last >= 21, "at \(moment)")
    }
    #expect(moment > 10)
  }
}
