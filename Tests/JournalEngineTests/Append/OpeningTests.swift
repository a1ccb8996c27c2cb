import JournalEngine
import JournalTestSupport
import Testing

@Suite("Opening a journal for writing")
struct OpeningTests {
  /// A journal of four entries, the third of which was vouched for and then altered.
  private func damaged() throws -> TestJournal {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a", durable: 1)
    lines.add(tag: "b", durable: 2)
    lines.add(tag: "c", durable: 3)
    let altered = String(decoding: lines.bytes, as: UTF8.self)
      .replacing(#"{"tag":"b"}"#, with: #"{"tag":"x"}"#)
    journal.disk.put(Array(altered.utf8), at: journal.path())
    return journal
  }

  @Test("is refused where it is damaged, and reading goes up to the last that is beyond doubt")
  func damage() throws {
    let journal = try damaged()
    let before = journal.bytes()
    let error = #expect(throws: JournalError.self) { try journal.writer() }
    #expect(error?.code == .damaged)
    #expect(error?.seq == 2)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.state.tags == ["a"])
    #expect(replay.head.seq == 2)
    #expect(replay.damage?.lastBeyondDoubt == 2)
    #expect(throws: JournalError.self) { try journal.reader().head() }
    #expect(journal.bytes() == before)
  }

  @Test("makes a new journal without looking into what it has just made")
  func new() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    try writer.append(Tally.Event("a"))
    #expect(system.count(.names) == 1)
    #expect(system.count(.openForReading) == 0 && system.count(.read) == 0)
    // What others append is read all the same.
    try journal.writer().append(Tally.Event("b"))
    try writer.append(Tally.Event("c"))
    #expect(writer.state.tags == ["a", "b", "c"])
    #expect(try journal.tally() == writer.state)
  }

  @Test("is refused where a snapshot is left of all that there was")
  func snapshotAlone() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    try writer.compact()
    try writer.close()
    journal.disk.remove(journal.path())
    let error = #expect(throws: JournalError.self) {
      try journal.writer().append(Tally.Event("b"))
    }
    #expect(error?.code == .damaged)
    #expect(journal.bytes() == [])
  }

  @Test("ends for a writer that finds damage in the group that its own line ended")
  func damageInGroup() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    let first = RawLines.line(seq: 3, prev: writer.head.hash, durable: 2, more: true)
    let second = RawLines.line(
      seq: 4, prev: SHA256.digest(of: first), durable: 3, more: true)
    journal.disk.append(first + [10] + second + [10], to: journal.path())
    try writer.append(Tally.Event("b"))
    #expect(try journal.reader().replay(Tally.self).damage?.lastBeyondDoubt == 2)
    let error = #expect(throws: JournalError.self) { try writer.append(Tally.Event("c")) }
    #expect(error?.code == .damaged)
  }

  @Test("ends for a writer that meets damage later, and it writes no more")
  func damageLater() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    let stray = RawLines.line(
      seq: 9, prev: SHA256.digest(of: [7]), durable: 8, data: #"{"tag":"x"}"#)
    journal.disk.append(stray + [10], to: journal.path())
    let before = journal.bytes()
    for _ in 0..<2 {
      let error = #expect(throws: JournalError.self) { try writer.append(Tally.Event("b")) }
      #expect(error?.code == .damaged)
    }
    #expect(journal.bytes() == before)
  }

  @Test("is refused where the format is newer, for readers too")
  func newerFormat() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j", format: 2)
    lines.add(tag: "a")
    journal.put(lines)
    let error = #expect(throws: JournalError.self) { try journal.writer() }
    #expect(error?.code == .newerFormat)
    #expect(throws: JournalError.self) { try journal.reader().replay(Tally.self) }
  }

  @Test("is refused where appends are not known to be atomic, and says on what")
  func unsafeFileSystem() throws {
    let journal = try TestJournal()
    try journal.writer().append(Tally.Event("a"))
    let system = MemoryFileSystem(on: journal.disk)
    system.atomicity = (false, "NFS")
    let error = #expect(throws: JournalError.self) { try journal.writer(on: system) }
    #expect(error?.code == .unsafeFileSystem)
    #expect(error?.message.contains("NFS") == true)
    #expect(try journal.reader(on: system).replay(Tally.self).state.tags == ["a"])
  }

  @Test("is refused there for a journal that is to be made, too, and no line is written")
  func unsafeFileSystemNew() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    system.atomicity = (false, "NFS")
    let writer = try journal.writer(on: system)
    let error = #expect(throws: JournalError.self) { try writer.append(Tally.Event("a")) }
    #expect(error?.code == .unsafeFileSystem)
    #expect(journal.disk.paths.isEmpty)
  }

  @Test("is allowed there to who states that nobody else writes")
  func singleWriter() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    system.atomicity = (false, "NFS")
    let writer = try journal.writer(on: system, options: WriteOptions(singleWriter: true))
    try writer.append(Tally.Event("a"))
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("is refused where the projection cannot read an entry, and says which")
  func undecodable() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(data: #"{"other":1}"#)
    journal.put(lines)
    let error = #expect(throws: JournalError.self) { try journal.writer() }
    #expect(error?.code == .undecodable)
    #expect(error?.seq == 2)
    #expect(error?.offset == Int64(try #require(lines.bytes.firstIndex(of: 10))) + 1)
  }

  @Test("ends for a writer that meets such an entry later: its state would lack it")
  func undecodableLater() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    var more = RawLines(on: writer.head)
    more.add(data: #"{"other":1}"#)
    journal.disk.append(more.bytes, to: journal.path())
    for _ in 0..<2 {
      let error = #expect(throws: JournalError.self) { try writer.append(Tally.Event("b")) }
      #expect(error?.code == .undecodable)
    }
    #expect(throws: JournalError.self) { try writer.refresh() }
  }

  @Test("skips types that the projection does not know")
  func unknownTypes() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add("something.else", data: #"{"other":1}"#)
    lines.add(tag: "a")
    journal.put(lines)
    #expect(try journal.writer().state.tags == ["a"])
  }

  @Test("skips them also where their data can be no value, and those only")
  func unreadableData() throws {
    for (type, isKnown) in [("something.else", false), (Tally.type, true)] {
      for data in [
        #"{"a":1,"a":2}"#,
        #"{"a":"# + String(repeating: "[", count: 500)
          + String(repeating: "]", count: 500) + "}",
      ] {
        let journal = try TestJournal()
        var lines = RawLines()
        lines.open("j")
        lines.add(type, data: data)
        lines.add(tag: "a")
        journal.put(lines)
        if isKnown {
          #expect(throws: JournalError.self) { try journal.writer() }
        } else {
          #expect(try journal.writer().state.tags == ["a"])
        }
      }
    }
  }

  @Test("goes on behind debris: what a crash left is void, and the head is what counts")
  func debris() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a", durable: 1)
    lines.put(RawLines.line(seq: 4, prev: SHA256.digest(of: [7]), durable: 2))
    lines.putRaw(#"{"seq":5,"#)
    journal.put(lines)
    let writer = try journal.writer()
    #expect(writer.head.seq == 2)
    // The entry before it notes what was left behind.
    #expect(try writer.append(Tally.Event("b")).seqs == 4...4)
    #expect(try journal.tally().tags == ["a", "b"])
    #expect(try journal.voidLines().map(\.kind) == [.unchained, .torn])
  }

  @Test("folds every entry once, though a read failed on the way", arguments: 1...3)
  func readFailsOnce(_ call: Int) throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    let other = try journal.writer()
    try other.append(Tally.Event("a"))
    try other.append(Tally.Event("b"))
    system.chooseFault = { $0.kind == .read ? .short(500) : nil }
    system.fail(.read, call: call, .error(.planned(.io)))
    for _ in 0..<3 where writer.state.tags.count < 2 { try? writer.refresh() }
    #expect(writer.state == (try journal.tally()))
    try writer.append(Tally.Event("c"))
    #expect(writer.state.tags == ["a", "b", "c"])
    #expect(try journal.tally().tags == ["a", "b", "c"])
  }

  @Test("that failed half way holds answers back until all is durable")
  func openFailsOnce() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    let lazy = try journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("a"), id: "k")
    system.fail(.openForAppending, .error(.planned(.io)))
    #expect(throws: JournalError.self) { try writer.append(Tally.Event("a"), id: "k") }
    #expect(try writer.append(Tally.Event("a"), id: "k").isRepeated)
    #expect(journal.disk.durableBytes(of: journal.path()) == journal.bytes())
  }
}
