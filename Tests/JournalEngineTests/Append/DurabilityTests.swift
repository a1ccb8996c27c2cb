import JournalEngine
import JournalTestSupport
import Testing

@Suite("Durability")
struct DurabilityTests {
  private struct Bench {
    let journal: TestJournal
    let system: MemoryFileSystem
    let writer: JournalWriter<Tally>

    init(_ durability: Durability = .everyAppend) throws {
      journal = try TestJournal()
      system = MemoryFileSystem(on: journal.disk)
      writer = try journal.writer(on: system, options: WriteOptions(durability: durability))
    }

    /// Whether a power failure would take nothing.
    var isDurable: Bool {
      journal.disk.durableBytes(of: journal.path()) == journal.disk.bytes(of: journal.path())
    }
  }

  @Test("Every append is durable before it is acknowledged, by one sync each")
  func everyAppend() throws {
    let bench = try Bench()
    for count in 1...5 {
      try bench.writer.append(Tally.Event("\(count)"))
      #expect(bench.isDurable)
      #expect(bench.system.count(.syncData) == count)
    }
    #expect(bench.journal.disk.isNameDurable(bench.journal.path()))
    #expect(bench.journal.disk.isNameDurable(bench.journal.folder))
    #expect(bench.system.count(.syncNames) == 1, "the names once only")
  }

  @Test(
    "An append begins its sync at once, of its own bytes, but for a segment's first, which waits for names too"
  )
  func begun() throws {
    for durability in [Durability.everyAppend, .interval(.seconds(2)), .none] {
      let bench = try Bench(durability)
      var expected: [Range<Int64>] = []
      for tag in ["a", "b"] {
        let start = Int64(bench.journal.disk.bytes(of: bench.journal.path())?.count ?? 0)
        try bench.writer.append(Tally.Event(tag))
        let end = Int64(bench.journal.disk.bytes(of: bench.journal.path())?.count ?? 0)
        if durability == .everyAppend, start > 0 { expected.append(start..<end) }
        try bench.writer.sync()
      }
      #expect(bench.system.begunSyncs == expected)
    }
  }

  @Test("Whoever opens a journal makes it durable first, whoever wrote it")
  func opening() throws {
    let bench = try Bench(.none)
    try bench.writer.append(Tally.Event("a"))
    #expect(!bench.isDurable)
    let system = MemoryFileSystem(on: bench.journal.disk)
    let other = try bench.journal.writer(on: system)
    #expect(bench.isDurable)
    #expect(system.count(.syncNames) == 1)
    #expect(other.state.tags == ["a"])
  }

  @Test("At intervals: not before the interval has passed, then once, and at the close")
  func interval() throws {
    let bench = try Bench(.interval(.seconds(2)))
    try bench.writer.append(Tally.Event("a"))
    try bench.writer.append(Tally.Event("b"))
    #expect(bench.system.count(.syncData) == 0)
    bench.journal.clock.advance(by: .seconds(2))
    try bench.writer.append(Tally.Event("c"))
    #expect(bench.isDurable)
    #expect(bench.system.count(.syncData) == 1)
    try bench.writer.append(Tally.Event("d"))
    #expect(!bench.isDurable)
    try bench.writer.close()
    #expect(bench.isDurable)
    #expect(bench.system.count(.syncData) == 2)
  }

  @Test("None: never by itself, not at the close either, and always when it is asked for")
  func none() throws {
    let bench = try Bench(.none)
    try bench.writer.append(Tally.Event("a"))
    bench.journal.clock.advance(by: .seconds(3600))
    try bench.writer.append(Tally.Event("b"))
    #expect(bench.system.count(.syncData) == 0)
    try bench.writer.sync()
    #expect(bench.isDurable && bench.system.count(.syncData) == 1)
    try bench.writer.sync()
    #expect(bench.system.count(.syncData) == 1, "nothing came since")
    try bench.writer.append(Tally.Event("c"))
    try bench.writer.close()
    #expect(!bench.isDurable)
  }

  @Test("A refusal waits until the entries that it saw are durable")
  func refusal() throws {
    let bench = try Bench()
    try bench.writer.append(Tally.Event("a"))
    let lazy = try bench.journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("b"))
    #expect(!bench.isDurable)
    let syncs = bench.system.count(.syncData)
    #expect(throws: Violation.self) {
      try bench.writer.decide { throw Violation("refused, having seen \($0.tags)") }
    }
    #expect(bench.isDurable)
    #expect(bench.system.count(.syncData) == syncs + 1)
    #expect(throws: Violation.self) { try bench.writer.decide { _ in throw Violation("again") } }
    #expect(bench.system.count(.syncData) == syncs + 1, "nothing came since")
  }

  @Test("That a key was seen before is told once its entry is durable")
  func repeated() throws {
    let bench = try Bench()
    try bench.writer.append(Tally.Event("a"))
    let lazy = try bench.journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("b"), id: "k")
    #expect(!bench.isDurable)
    #expect(try bench.writer.append(Tally.Event("b"), id: "k").isRepeated)
    #expect(bench.isDurable)
  }

  @Test("A refusal that cannot be made durable is not told")
  func refusalNotDurable() throws {
    let bench = try Bench()
    try bench.writer.append(Tally.Event("a"))
    let lazy = try bench.journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("b"))
    bench.system.fail(.syncData, .error(.planned(.syncFailed)))
    let error = #expect(throws: JournalError.self) {
      try bench.writer.decide { _ in throw Violation("refused") }
    }
    #expect(error?.code == .syncFailed)
  }

  @Test(
    "After a sync that failed nothing is acknowledged, and the handle never syncs again",
    arguments: [Operation.Kind.beginSync, .syncData, .syncNames])
  func syncFailed(_ kind: Operation.Kind) throws {
    let bench = try Bench()
    if kind != .syncNames { try bench.writer.append(Tally.Event("a")) }
    bench.system.fail(kind, .error(.planned(.syncFailed)))
    let error = #expect(throws: JournalError.self) { try bench.writer.append(Tally.Event("b")) }
    #expect(error?.code == .syncFailed)
    #expect(bench.system.count(.dropCache) == 1)
    let syncs = bench.system.count(.syncData)
    let appends = bench.system.count(.append)
    let again = #expect(throws: JournalError.self) { try bench.writer.append(Tally.Event("c")) }
    #expect(again?.code == .syncFailed)
    #expect(throws: JournalError.self) { try bench.writer.sync() }
    #expect(throws: JournalError.self) { try bench.writer.refresh() }
    try bench.writer.close()
    #expect(bench.system.count(.syncData) == syncs)
    #expect(bench.system.count(.append) == appends)
  }

  @Test("Opening fails where what was read cannot be made durable")
  func openingFails() throws {
    let bench = try Bench(.none)
    try bench.writer.append(Tally.Event("a"))
    let system = MemoryFileSystem(on: bench.journal.disk)
    system.fail(.syncData, .error(.planned(.syncFailed)))
    let error = #expect(throws: JournalError.self) { try bench.journal.writer(on: system) }
    #expect(error?.code == .syncFailed)
    #expect(system.count(.syncData) == 1)
  }

  @Test("The durable mark is the head that was read before the last sync began")
  func marks() throws {
    let bench = try Bench(.none)
    try bench.writer.append(Tally.Event("2"))
    let other = try bench.journal.writer(options: WriteOptions(durability: .none))
    try other.append(Tally.Event("3"))
    // Another appends while the sync runs: that entry is not in the mark.
    bench.system.onOperation = { operation in
      guard operation.kind == .syncData else { return }
      do { try other.append(Tally.Event("4")) } catch { Issue.record(error) }
    }
    try bench.writer.refresh()
    try bench.writer.sync()
    bench.system.onOperation = nil
    try bench.writer.append(Tally.Event("5"))
    #expect(try bench.journal.entries().map(\.durable) == [0, 0, 2, 2, 3])
  }

  @Test("A full disk is told before a byte is written, and can be tried again")
  func diskFull() throws {
    let bench = try Bench()
    try bench.writer.append(Tally.Event("a"))
    let before = bench.journal.bytes()
    bench.system.failAll(.reserve, .error(.planned(.diskFull)))
    let long = Tally.Event(String(repeating: "x", count: 5000))
    let error = #expect(throws: JournalError.self) { try bench.writer.append(long) }
    #expect(error?.code == .diskFull)
    #expect(bench.journal.bytes() == before)
    let other = try bench.journal.writer()
    try other.append(long)
    #expect(try bench.journal.tally().tags.count == 2)
  }

  @Test("A disk too full for the space ahead still takes what there is space for")
  func spaceAhead() throws {
    let bench = try Bench()
    try bench.writer.append(Tally.Event(String(repeating: "x", count: 100_000)))
    bench.system.fail(.reserve, .error(.planned(.diskFull)))
    try bench.writer.append(Tally.Event("b"))
    #expect(try bench.journal.tally().tags.count == 2)
  }
}
