import JournalEngine
import JournalTestSupport
import Testing

@Suite("Following a journal", .timeLimit(.minutes(1)))
struct FollowTests {
  @Test("hands out durable entries only: it makes them so")
  func durableOnly() async throws {
    let journal = try TestJournal()
    let lazy = try journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("a"))
    #expect(journal.disk.durableBytes(of: journal.path()) != journal.bytes())
    let system = MemoryFileSystem(on: journal.disk)
    var iterator = journal.reader(on: system).follow().makeAsyncIterator()
    #expect(try await iterator.next()?.seq == 1)
    #expect(journal.disk.durableBytes(of: journal.path()) == journal.bytes())
    #expect(try await iterator.next()?.seq == 2)
    #expect(system.count(.syncData) == 1)
    #expect(system.count(.syncNames) == 1)
  }

  @Test("hands nothing out that cannot be made durable")
  func syncFails() async throws {
    let journal = try TestJournal()
    try journal.writer(options: WriteOptions(durability: .none)).append(Tally.Event("a"))
    let system = MemoryFileSystem(on: journal.disk)
    system.failAll(.syncData, .error(.planned(.syncFailed)))
    var iterator = journal.reader(on: system).follow().makeAsyncIterator()
    await #expect(throws: JournalError.self) { try await iterator.next() }
  }

  @Test("waits for what comes next, in whatever segment")
  func waits() async throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    var iterator = journal.reader().follow(from: .after(writer.head)).makeAsyncIterator()
    for index in 0..<10 {
      try writer.append(Tally.Event("\(index)"))
      #expect(try await iterator.next()?.hash == writer.head.hash)
      if index == 5 {
        var seal = RawLines(on: writer.head)
        seal.seal()
        journal.disk.append(seal.bytes, to: journal.path())
        #expect(try await iterator.next()?.type == "journal.sealed")
      }
    }
  }

  @Test("from now on hands out what comes after")
  func now() async throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
    let system = MemoryFileSystem(on: journal.disk)
    system.onOperation = { operation in
      if operation.kind == .read { isReady.yield() }
    }
    let reader = journal.reader(on: system)
    let follower = Task {
      for try await entry in reader.follow(from: .now) { return entry.seq }
      return Int64(-1)
    }
    var waiting = ready.makeAsyncIterator()
    // One read gives all there is, one the end; with the third it looks for what comes next.
    for _ in 0..<3 { await waiting.next() }
    try writer.append(Tally.Event("b"))
    #expect(try await follower.value == 3)
  }

  @Test("ends when its task is cancelled")
  func cancelled() async throws {
    let journal = try TestJournal()
    try journal.writer().append(Tally.Event("a"))
    let reader = journal.reader()
    let (seen, hasSeen) = AsyncStream.makeStream(of: Int64.self)
    let follower = Task {
      for try await entry in reader.follow() { hasSeen.yield(entry.seq) }
      return true
    }
    var iterator = seen.makeAsyncIterator()
    while let seq = await iterator.next(), seq < 2 {}
    follower.cancel()
    #expect(try await follower.value)
  }

  @Test("wakes up when another process appends, on the real file system")
  func realFiles() async throws {
    let scratch = try ScratchFolder()
    let name = try JournalName("j")
    let writer = try await Journal<Tally>.open(name, in: scratch.path)
    try await writer.append(Tally.Event("0"))
    let (seen, hasSeen) = AsyncStream.makeStream(of: String.self)
    let follower = Task {
      for try await entry in JournalReader(name, in: scratch.path).follow() {
        if let tag = try entry.object()["tag"]?.string { hasSeen.yield(tag) }
      }
    }
    var iterator = seen.makeAsyncIterator()
    #expect(await iterator.next() == "0")
    for turn in 1...20 {
      // The follower is at the end and waits, or is about to: in either case it wakes.
      try await writer.append(Tally.Event("\(turn)"))
      #expect(await iterator.next() == "\(turn)")
    }
    follower.cancel()
    _ = await follower.result
    try await writer.close()
  }

  @Test("says so where there is no journal")
  func missing() async throws {
    let scratch = try ScratchFolder()
    var iterator = JournalReader(try JournalName("j"), in: scratch.path).follow()
      .makeAsyncIterator()
    let error = await #expect(throws: JournalError.self) { try await iterator.next() }
    #expect(error?.code == .notFound)
  }
}
