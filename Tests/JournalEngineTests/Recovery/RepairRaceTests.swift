import JournalEngine
import JournalTestSupport
import Testing

@Suite("A repair beside a writer that goes on")
struct RepairRaceTests {
  /// What the writer does meanwhile.
  struct Meanwhile: Sendable, CustomTestStringConvertible {
    /// How many entries it wrote before: the last of them may have closed its segment.
    let before: Int
    let appends: Int
    let compacts: Bool
    /// Whether the last line cannot be read either.
    let isTorn: Bool

    var testDescription: String {
      "\(before) entries\(isTorn ? ", the last one torn" : ""), then \(appends)"
        + (compacts ? " and a snapshot" : "")
    }
  }

  static let all = (5...9).flatMap { before in
    [1, 2, 5].flatMap { appends in
      [(false, false), (false, true), (true, false)].map {
        Meanwhile(before: before, appends: appends, compacts: $0, isTorn: $1)
      }
    }
  }

  private let options = WriteOptions(segmentLimit: 1200, snapshots: .never)

  /// Alters a digit of the third line's time, and may make the last line one that cannot be read.
  private func damage(_ journal: TestJournal, andTearLast isTorn: Bool = false) throws {
    var bytes = journal.bytes()
    if isTorn { bytes[bytes.count - 10] = UInt8(ascii: "#") }
    let third = try #require(try journal.entries().first { $0.seq == 3 })
    bytes[Int(third.place.offset) + 39] ^= 1
    journal.disk.put(bytes, at: journal.path())
  }

  /// Lets the writer act before the call of a number that the repair makes.
  ///
  /// - Returns: how many calls there were.
  private func run(_ meanwhile: Meanwhile, before call: Int) throws -> Int {
    let journal = try TestJournal()
    let writer = try journal.writer(options: options)
    for tag in 0..<meanwhile.before { try writer.append(Tally.Event("\(tag)")) }
    try damage(journal, andTearLast: meanwhile.isTorn)
    let system = MemoryFileSystem(on: journal.disk)
    var calls = 0
    system.onOperation = { _ in
      calls += 1
      guard calls == call else { return }
      for tag in 0..<meanwhile.appends { _ = try? writer.append(Tally.Event("meanwhile \(tag)")) }
      if meanwhile.compacts { _ = try? writer.compact() }
    }
    #expect(try JournalRepair(journal.reader(on: system)).apply() != nil)
    try goOn(journal, writer)
    return calls
  }

  /// Whoever goes on, the writer among them, does so on what the repair kept.
  private func goOn(_ journal: TestJournal, _ writer: JournalWriter<Tally>) throws {
    #expect(try JournalRepair(journal.reader()).plan() == nil)
    let fresh = try journal.writer(options: options)
    var acknowledged: [String] = []
    for number in 0..<12 {
      let tag = "late \(number)"
      try (number.isMultiple(of: 2) ? writer : fresh).append(Tally.Event(tag))
      acknowledged.append(tag)
    }
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.damage == nil)
    #expect(replay.state.tags.suffix(12) == acknowledged)
    #expect(fresh.state == replay.state)
    #expect(try journal.reader().state(Tally.self).state == replay.state)
    #expect(try journal.writer().state == replay.state)
    let verified = try journal.reader().verify(as: Tally.self)
    #expect(verified.isSound, "\(verified.findings.filter(\.isDamage))")
  }

  /// Lets the whole repair come before the call of a number that the writer makes.
  private func repair(before call: Int, entries: Int, isTorn: Bool) throws -> Int {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: options)
    for tag in 0..<entries { try writer.append(Tally.Event("\(tag)")) }
    try damage(journal, andTearLast: isTorn)
    var calls = 0
    var isRepaired = false
    func apply() throws {
      #expect(try JournalRepair(journal.reader()).apply() != nil)
      isRepaired = true
    }
    system.onOperation = { _ in
      calls += 1
      if calls == call { #expect(throws: Never.self) { try apply() } }
    }
    for tag in 0..<3 {
      do {
        try writer.append(Tally.Event("meanwhile \(tag)"))
      } catch let error as JournalError {
        // It was written behind the repair, and met that when it was read back.
        #expect(error.code == .outcomeUnknown)
      }
    }
    system.onOperation = nil
    if !isRepaired { try apply() }
    try goOn(journal, writer)
    return calls
  }

  @Test("is met by it, wherever it was when the repair was made", arguments: 5...9, [false, true])
  func wherever(_ entries: Int, isTorn: Bool) throws {
    let calls = try repair(before: .max, entries: entries, isTorn: isTorn)
    for call in 1...calls { _ = try repair(before: call, entries: entries, isTorn: isTorn) }
  }

  @Test("is met by it, wherever the two meet", arguments: all)
  func everywhere(_ meanwhile: Meanwhile) throws {
    let calls = try run(meanwhile, before: .max)
    for call in 1...calls { _ = try run(meanwhile, before: call) }
  }

  @Test("is met by a writer that knows better than a seal which lost a race")
  func lostSeal() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    for tag in 0..<4 { try writer.append(Tally.Event("\(tag)")) }
    let fourth = try #require(try journal.entries().first { $0.seq == 4 })
    let seal = RawLines.line("journal.sealed", seq: 5, prev: fourth.hash)
    journal.disk.append(seal + [10], to: journal.path())
    try writer.refresh()
    try damage(journal)
    #expect(try JournalRepair(journal.reader()).apply() != nil)
    try goOn(journal, writer)
  }

  @Test("that came too late for a segment whose way there cannot be read gives way to another")
  func tooLate() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(options: options)
    repeat {
      try writer.append(Tally.Event("a"))
    } while try journal.entries().last?.type != "journal.sealed"
    try damage(journal)
    var bytes = journal.bytes()
    let end = try journal.entries().suffix(2)
    for entry in end { bytes[Int(entry.place.offset)] = UInt8(ascii: "#") }
    journal.disk.put(bytes, at: journal.path())
    // Nothing tells where the writer goes on, and it does so once the repair is written.
    let system = MemoryFileSystem(on: journal.disk)
    system.onOperation = { operation in
      guard operation.kind == .append else { return }
      system.onOperation = nil
      _ = try? writer.append(Tally.Event("meanwhile"))
    }
    let from = try JournalRepair(journal.reader()).plan()?.from
    #expect(try JournalRepair(journal.reader(on: system)).apply()?.from == from)
    try goOn(journal, writer)
  }
}
