import JournalEngine
import JournalTestSupport
import Testing

@Suite("Dropping history")
struct PruneTests {
  let journal: TestJournal
  let options = WriteOptions(segmentLimit: 700, snapshots: .never)

  init() throws { journal = try TestJournal() }

  private func write(_ tags: Range<Int>) throws {
    let writer = try journal.writer(options: options)
    for tag in tags { try writer.append(Tally.Event("\(tag)")) }
  }

  private var segments: [String] {
    journal.disk.paths.filter { $0.hasSuffix(".ndjson") }
  }

  @Test("tells whoever needs the entries where what is left begins")
  func whatIsLeft() throws {
    try write(0..<30)
    let done = try journal.writer(options: options).compact(
      CompactionOptions(pruneBefore: .seq(25)))
    try #require(done.pruned.count > 1)
    let last = done.pruned.last?.seqs.upperBound
    let error = #expect(throws: JournalError.self) { try journal.writer(Recorder.self) }
    #expect(error?.code == .pruned && error?.seq == last)
    #expect(error?.message.contains("up to seq \(last ?? 0) ") == true)
  }

  @Test("leaves the state, a tombstone for each segment, and two snapshots")
  func drops() throws {
    try write(0..<12)
    let before = try journal.tally()
    let all = segments
    let sizes = all.map { journal.disk.bytes(of: $0)?.count ?? 0 }
    let writer = try journal.writer(options: options)
    let done = try writer.compact(CompactionOptions(pruneBefore: .seq(9)))
    #expect(!done.pruned.isEmpty)
    #expect(segments.count == all.count)
    for (index, segment) in done.pruned.enumerated() {
      #expect(segment.path == all[index])
      #expect(Int(segment.bytes) == sizes[index])
      let text = String(decoding: journal.disk.bytes(of: segment.path) ?? [], as: UTF8.self)
      #expect(text.hasPrefix(#"{"tombstone":1,"#) && text.hasSuffix("}\n"))
    }
    let snapshots = journal.disk.paths.filter { $0.hasSuffix(".snapshot.json") }
    #expect(snapshots.count >= 2)
    // Each of them stands for what was dropped.
    for snapshot in snapshots {
      let bytes = try #require(journal.disk.bytes(of: snapshot))
      journal.disk.remove(snapshot)
      let state = try journal.reader().state(Tally.self)
      #expect(state.state == before && state.warnings.isEmpty)
      journal.disk.put(bytes, at: snapshot)
    }
    #expect(try journal.reader().state(Tally.self).state == before)
    #expect(try journal.reader().replay(Tally.self).state == before)
    #expect(try journal.entries().first?.seq == (done.pruned.last?.seqs.upperBound ?? 0) + 1)
    try journal.writer(options: options).append(Tally.Event("more"))
    #expect(try journal.reader().state(Tally.self).state.tags == before.tags + ["more"])
    #expect(try journal.reader().verify().isSound)
  }

  @Test("never drops what is not old enough, nor the segment that is written to")
  func keeps() throws {
    try write(0..<12)
    let writer = try journal.writer(options: options)
    #expect(try writer.compact(CompactionOptions(pruneBefore: .seq(1))).pruned.isEmpty)
    let done = try writer.compact(CompactionOptions(pruneBefore: .head))
    #expect(done.pruned.count < segments.count)
    #expect(try journal.tally().tags.count == 12)
  }

  @Test("is not done without being asked for")
  func off() throws {
    try write(0..<12)
    #expect(try journal.writer(options: options).compact().pruned.isEmpty)
  }

  @Test("closes the segment that is written to, so that what is old can go the next time")
  func seals() throws {
    let lazy = WriteOptions(snapshots: .never)
    let writer = try journal.writer(options: lazy)
    for tag in 0..<4 { try writer.append(Tally.Event("\(tag)")) }
    let limit = Point.time(journal.clock.now().advanced(byMicroseconds: 1_000_000))
    #expect(try writer.compact(CompactionOptions(pruneBefore: limit)).isSealed)
    try writer.append(Tally.Event("new"))
    let done = try writer.compact(CompactionOptions(pruneBefore: limit))
    #expect(done.pruned.count == 1)
    #expect(try journal.tally().tags == ["0", "1", "2", "3", "new"])
  }

  @Test("that was cut off after its entry was recorded is finished by the next compaction")
  func finishes() throws {
    try write(0..<12)
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: options)
    let request = CompactionOptions(pruneBefore: .seq(9))
    // Two snapshots are renamed first; the third rename is a tombstone's.
    system.fail(.rename, call: 3, .error(.planned(.io)))
    #expect(throws: JournalError.self) { try writer.compact(request) }
    #expect(try journal.entries().contains { $0.type == "journal.pruned" })
    #expect(try journal.entries().first?.seq == 1)
    let done = try journal.writer(options: options).compact()
    #expect(!done.pruned.isEmpty)
    #expect(try journal.entries().filter { $0.type == "journal.pruned" }.count == 1)
    #expect(try journal.tally().tags.count == 12)
  }

  @Test("time and again keeps a record of all that was dropped, and what is kept is sound")
  func again() throws {
    for round in 1...4 {
      try write(round * 10..<round * 10 + 10)
      let writer = try journal.writer(options: options)
      try writer.compact(CompactionOptions(pruneBefore: .head))
      let verified = try journal.reader().verify(as: Tally.self)
      #expect(verified.isSound, "\(verified.findings)")
      #expect(try journal.reader().state(Tally.self).state.tags.count == round * 10)
    }
  }

  @Test("goes on where it ended, however far behind it the first snapshot stands")
  func farSnapshots() throws {
    try write(0..<12)
    try journal.writer(options: options).compact()
    try write(12..<14)
    try journal.writer(options: options).compact()
    let all = try journal.entries()
    let writer = try journal.writer(options: options)
    let second = try #require(all.first { $0.place.segment > 1 }).seq
    let first = try writer.compact(CompactionOptions(pruneBefore: .seq(second)))
    #expect(first.pruned.map(\.seqs) == [1...second - 1])
    // Up to here the entries are known to nobody but by their segments.
    let limit = try #require(all.last { $0.type == "journal.sealed" && $0.seq < 12 }).seq + 1
    let done = try journal.writer(options: options)
      .compact(CompactionOptions(pruneBefore: .seq(limit)))
    #expect(done.pruned.last?.seqs.upperBound == limit - 1)
    #expect(try journal.entries().first?.seq == limit)
    #expect(try journal.tally().tags.count == 14)
    let verified = try journal.reader().verify(as: Tally.self)
    #expect(verified.isSound, "\(verified.findings)")
  }

  @Test("and a repair of what is left go together")
  func repair() throws {
    try write(0..<12)
    let writer = try journal.writer(options: options)
    try writer.compact(CompactionOptions(pruneBefore: .seq(9)))
    // The first entry that is left is in doubt: the chain goes on from the tombstone's.
    let first = try #require(try journal.entries().first)
    var bytes = journal.bytes(first.place.segment)
    bytes[Int(first.place.offset) + 40] ^= 1
    journal.disk.put(bytes, at: journal.path(first.place.segment))
    let plan = try #require(try JournalRepair(journal.reader()).apply())
    #expect(plan.from.seq == first.seq - 1)
    let verified = try journal.reader().verify(as: Tally.self)
    #expect(verified.isSound, "\(verified.findings.filter(\.isDamage))")
    let kept = try journal.reader().state(Tally.self).state.tags
    #expect(!kept.isEmpty && kept.count < 12)
    try journal.writer(options: options).append(Tally.Event("more"))
    #expect(try journal.reader().state(Tally.self).state.tags == kept + ["more"])
  }

  @Test("tells who asks for what was dropped")
  func asked() throws {
    try write(0..<12)
    try journal.writer(options: options).compact(CompactionOptions(pruneBefore: .seq(9)))
    let error = #expect(throws: JournalError.self) {
      _ = try journal.reader().state(Tally.self, at: .seq(2))
    }
    #expect(error?.code == .pruned)
  }

  @Test("under a writer that has not looked since does not disturb it")
  func slept() throws {
    try write(0..<12)
    let sleeper = try journal.writer(options: options)
    let reader = try journal.writer(options: options)
    try write(12..<20)
    try reader.compact(CompactionOptions(pruneBefore: .head))
    try sleeper.append(Tally.Event("late"))
    #expect(try journal.tally().tags.count == 21)
    #expect(sleeper.state == (try journal.tally()))
  }

  @Test("takes no state from a handle that cannot read anew, and its next look does")
  func cannotReadAnew() throws {
    try write(0..<12)
    let sleepers = try (1...6).map { call in
      let system = MemoryFileSystem(on: journal.disk)
      return (system, try journal.writer(on: system, options: options), call)
    }
    try write(12..<20)
    try journal.writer(options: options).compact(CompactionOptions(pruneBefore: .head))
    for (system, sleeper, call) in sleepers {
      let (state, head) = (sleeper.state, sleeper.head)
      system.fail(.openForReading, call: call, .error(.planned(.io)))
      // Not all of them need so many calls.
      do { try sleeper.refresh() } catch { #expect(error.code == .io) }
      #expect(sleeper.state.tags.starts(with: state.tags) && sleeper.head.seq >= head.seq)
      try sleeper.refresh()
      #expect(sleeper.state == (try journal.tally()))
    }
  }

  @Test("is refused where a snapshot is not the state that its entries give")
  func differs() throws {
    try write(0..<12)
    try journal.writer(Liar.self, options: options).compact()
    let writer = try journal.writer(options: options)
    let error = #expect(throws: JournalError.self) {
      try writer.compact(CompactionOptions(pruneBefore: .seq(9)))
    }
    #expect(error?.code == .snapshotDiffers)
    #expect(try journal.entries().first?.seq == 1)
  }

  @Test("does not believe a tombstone that says more bytes than a file can have")
  func hostileTombstone() throws {
    try write(0..<12)
    let text =
      #"{"tombstone":1,"format":1,"journal":"j","first":1,"last":5,"head":""#
      + String(repeating: "0", count: 64) + #"","time":"2026-01-01T00:00:00.000000Z","bytes":"#
      + String(Int64.max) + #","sha256":""# + String(repeating: "0", count: 64) + "\"}\n"
    journal.disk.put(Array(text.utf8), at: journal.path(1))
    let sizes = segments.map { journal.disk.bytes(of: $0)?.count ?? 0 }
    #expect(try journal.reader().extent() == Int64(sizes.reduce(0, +)))
    #expect(try !journal.reader().verify().isSound)
  }

  @Test("leaves two snapshots to rely on when a newer version writes its first")
  func newerVersion() throws {
    try write(0..<12)
    try journal.writer(options: options).compact(CompactionOptions(pruneBefore: .seq(9)))
    try write(12..<13)
    for (round, newer) in [1, 2].enumerated() {
      try journal.writer(NextTally.self, options: options).compact()
      let names = journal.disk.paths.compactMap { path in
        path.split(separator: "/").last.flatMap { SnapshotName(file: String($0)) }
      }
      #expect(names.count { $0.version == NextTally.version } == newer)
      // The older ones go once there are two of the newer.
      #expect(names.contains { $0.version == Tally.version } == (round == 0), "\(names)")
      let writer = try journal.writer(NextTally.self, options: options)
      try writer.append(Tally.Event("\(newer)"))
    }
    #expect(try journal.reader().state(NextTally.self).state.tally.tags.count == 15)
  }

  /// A tally of the next version.
  private struct NextTally: Projection {
    static let name = Tally.name
    static let version = Tally.version + 1
    private(set) var tally = Tally()

    init() {}
    init(snapshot: JSON, version: Int) throws {
      tally = try Tally(snapshot: snapshot, version: version)
    }
    func snapshot() -> JSON? { tally.snapshot() }
    mutating func apply(_ event: Tally.Event, from entry: Entry) throws {
      try tally.apply(event, from: entry)
    }
    static func encode(_ event: Tally.Event) -> RecordedEvent { Tally.encode(event) }
    static func decode(_ recorded: RecordedEvent) throws -> Tally.Event? {
      try Tally.decode(recorded)
    }
  }

  /// Calls itself a tally, and leaves out what it counted.
  private struct Liar: Projection {
    static let name = Tally.name

    init() {}
    func snapshot() -> JSON? { Tally().snapshot() }
    init(snapshot: JSON, version: Int) {}
    mutating func apply(_ event: Tally.Event, from entry: Entry) {}
    static func encode(_ event: Tally.Event) -> RecordedEvent { Tally.encode(event) }
    static func decode(_ recorded: RecordedEvent) throws -> Tally.Event? {
      try Tally.decode(recorded)
    }
  }
}
