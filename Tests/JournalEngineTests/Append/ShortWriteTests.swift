import JournalEngine
import JournalTestSupport
import Testing

@Suite("A write that is cut short")
struct ShortWriteTests {
  /// A journal with one event, a writer on it, and the length of the write to be cut.
  private struct Bench {
    let journal: TestJournal
    let system: MemoryFileSystem
    let writer: JournalWriter<Tally>
    let length: Int
    /// Where in the write its lines end, before their newlines.
    let lineEnds: [Int]

    init() throws {
      // The same append on a journal of the same bytes, uncut, tells how long the write is.
      let model = try TestJournal()
      let uncut = try model.writer()
      try uncut.append(Tally.Event("a"))
      let before = model.bytes().count
      try Self.append(to: uncut)
      let written = Array(model.bytes()[before...])
      length = written.count
      lineEnds = written.indices.filter { written[$0] == 10 }
      journal = try TestJournal()
      system = MemoryFileSystem(on: journal.disk)
      writer = try journal.writer(on: system)
      try writer.append(Tally.Event("a"))
    }

    static func append(to writer: JournalWriter<Tally>) throws {
      try writer.append(Tally.Event("b"), Tally.Event("c"))
    }

    /// What another process finds: all events once, and what is left of the cut.
    func tags() throws -> [String] {
      let replay = try journal.reader().replay(Tally.self)
      #expect(replay.damage == nil)
      return replay.state.tags
    }
  }

  @Test("at any byte, and closed, is tried again, and counts once")
  func closed() throws {
    let length = try Bench().length
    for count in 0...length {
      let bench = try Bench()
      bench.system.fail(.append, .short(count))
      try Bench.append(to: bench.writer)
      #expect(try bench.tags() == ["a", "b", "c"], "cut after \(count) of \(length)")
      #expect(bench.writer.state == (try bench.journal.tally()))
      try bench.writer.append(Tally.Event("d"))
      #expect(try bench.tags() == ["a", "b", "c", "d"], "cut after \(count) of \(length)")
    }
  }

  @Test("at any byte, and not to be closed, is never acknowledged, and counts once at most")
  func open() throws {
    let length = try Bench().length
    for count in 0..<length {
      let bench = try Bench()
      bench.system.fail(.append, call: 1, .short(count))
      bench.system.fail(.append, call: 2, .error(.planned(.diskFull)))
      let error = #expect(throws: JournalError.self) { try Bench.append(to: bench.writer) }
      let code: JournalError.Code = bench.lineEnds.contains(count) ? .outcomeUnknown : .diskFull
      #expect(error?.code == code, "cut after \(count) of \(length)")
      #expect(try bench.tags() == ["a"])
      // The next append, by this writer or another, closes the line.
      let next = count % 2 == 0 ? bench.writer : try bench.journal.writer()
      try next.append(Tally.Event("d"))
      let tags = try bench.tags()
      let isWhole = count == length - 1
      #expect(
        tags == (isWhole ? ["a", "b", "c", "d"] : ["a", "d"]), "cut after \(count) of \(length)")
      #expect(next.state.tags == tags)
    }
  }

  @Test("just before its last newline, and not to be closed, leaves the outcome unknown")
  func lastNewline() throws {
    let bench = try Bench()
    bench.system.fail(.append, call: 1, .short(bench.length - 1))
    bench.system.fail(.append, call: 2, .error(.planned(.diskFull)))
    let error = #expect(throws: JournalError.self) { try Bench.append(to: bench.writer) }
    #expect(error?.code == .outcomeUnknown)
  }

  @Test("with a key, and an unknown outcome, is told to be recorded when it is tried again")
  func retriedWithKey() throws {
    let bench = try Bench()
    let model = try TestJournal()
    let uncut = try model.writer()
    try uncut.append(Tally.Event("a"))
    let before = model.bytes().count
    try uncut.append(Tally.Event("b"), id: "k")
    bench.system.fail(.append, call: 1, .short(model.bytes().count - before - 1))
    bench.system.fail(.append, call: 2, .error(.planned(.diskFull)))
    let error = #expect(throws: JournalError.self) {
      try bench.writer.append(Tally.Event("b"), id: "k")
    }
    #expect(error?.code == .outcomeUnknown)
    let receipt = try bench.writer.append(Tally.Event("b"), id: "k")
    #expect(receipt.isRepeated && receipt.seqs == 3...3)
    #expect(try bench.tags() == ["a", "b"])
  }

  @Test("and whose newline is taken by nobody leaves the outcome unknown too")
  func newlineNotTaken() throws {
    let bench = try Bench()
    bench.system.fail(.append, call: 1, .short(bench.length - 1))
    bench.system.fail(.append, call: 2, .short(0))
    let error = #expect(throws: JournalError.self) { try Bench.append(to: bench.writer) }
    #expect(error?.code == .outcomeUnknown)
    try bench.writer.append(Tally.Event("d"))
    #expect(try bench.tags() == ["a", "b", "c", "d"])
  }

  @Test("by which nothing was written is an error, and no more")
  func refused() throws {
    let bench = try Bench()
    bench.system.fail(.append, .error(.planned(.io)))
    let error = #expect(throws: JournalError.self) { try Bench.append(to: bench.writer) }
    #expect(error?.code == .io)
    try Bench.append(to: bench.writer)
    #expect(try bench.tags() == ["a", "b", "c"])
  }

  @Test("not at all, though the system said that it failed, is found and acknowledged")
  func late() throws {
    let bench = try Bench()
    bench.system.fail(.append, .late(.planned(.io)))
    try Bench.append(to: bench.writer)
    #expect(try bench.tags() == ["a", "b", "c"])
    #expect(bench.writer.state == (try bench.journal.tally()))
  }

  @Test("and cannot be read back leaves the outcome unknown")
  func unreadable() throws {
    let bench = try Bench()
    bench.system.fail(.append, .short(10))
    bench.system.fail(.read, call: 2, .error(.planned(.io)))
    let error = #expect(throws: JournalError.self) { try Bench.append(to: bench.writer) }
    #expect(error?.code == .outcomeUnknown)
    try bench.writer.append(Tally.Event("d"))
    #expect(try bench.tags() == ["a", "d"])
    #expect(bench.writer.state.tags == ["a", "d"])
  }

  @Test("between which and its newline another writes, loses only what was cut")
  func interleaved() throws {
    let length = try Bench().length
    for count in stride(from: 0, through: length - 1, by: 7) + [length - 1] {
      let bench = try Bench()
      let other = try bench.journal.writer()
      bench.system.fail(.append, .short(count))
      var appends = 0
      bench.system.onOperation = { operation in
        guard operation.kind == .append else { return }
        appends += 1
        guard appends == 2 else { return }
        do { try other.append(Tally.Event("x")) } catch { Issue.record(error) }
      }
      try Bench.append(to: bench.writer)
      #expect(try bench.tags().sorted() == ["a", "b", "c", "x"], "cut after \(count)")
      #expect(bench.writer.state == (try bench.journal.tally()))
    }
  }

  @Test("of someone who died is closed by the next writer, and reported as torn")
  func torn() throws {
    let bench = try Bench()
    bench.journal.disk.append(Array(#"{"seq":3,"ti"#.utf8), to: bench.journal.path())
    try bench.writer.append(Tally.Event("b"))
    #expect(try bench.tags() == ["a", "b"])
    #expect(try bench.journal.voidLines().map(\.kind) == [.torn])
    #expect(bench.journal.bytes().last == 10)
  }
}
