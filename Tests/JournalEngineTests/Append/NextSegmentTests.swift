import JournalEngine
import JournalTestSupport
import Testing

@Suite("Going on in the next segment")
struct NextSegmentTests {
  /// A journal whose first segment another implementation sealed, at seq 3.
  private func sealed(durable: Bool = false) throws -> TestJournal {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a")
    lines.seal()
    journal.put(lines, durable: durable)
    return journal
  }

  private func isDurable(_ journal: TestJournal, _ segment: Int64) -> Bool {
    journal.disk.durableBytes(of: journal.path(segment)) == journal.bytes(segment)
  }

  @Test("Whoever appends after a seal makes the next segment, the sealed one durable before it")
  func made() throws {
    let journal = try sealed()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: WriteOptions(durability: .none))
    system.onOperation = { operation in
      guard operation.kind == .openForAppending, operation.path == journal.path(4) else { return }
      #expect(isDurable(journal, 1))
    }
    try writer.append(Tally.Event("b"))
    #expect(journal.disk.paths == [journal.path(1), journal.path(4)])
    #expect(try journal.tally().tags == ["a", "b"])
    #expect(
      try journal.entries().last?.place
        == LinePlace(
          segment: 4, offset: 0, length: journal.bytes(4).count - 1))
    #expect(try journal.reader().replay(Tally.self).damage == nil)
  }

  @Test("A seal that comes while the writer is open is made durable before the next segment")
  func sealedLater() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: WriteOptions(durability: .none))
    try writer.append(Tally.Event("a"))
    var seal = RawLines(on: writer.head)
    seal.seal()
    journal.disk.append(seal.bytes, to: journal.path())
    system.onOperation = { operation in
      guard operation.kind == .openForAppending else { return }
      #expect(isDurable(journal, 1))
    }
    #expect(try writer.append(Tally.Event("b")).seqs == 4...4)
    #expect(try journal.tally().tags == ["a", "b"])
  }

  @Test("A line knows where it stands, though another write there was cut short just before it")
  func tornFirst() throws {
    let journal = try sealed()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: WriteOptions(snapshots: .never))
    var isTorn = false
    system.onOperation = { operation in
      guard !isTorn, operation.kind == .openForAppending, operation.path == journal.path(4) else {
        return
      }
      isTorn = true
      journal.disk.put(Array("{\"torn\n".utf8), at: journal.path(4))
    }
    let receipt = try writer.append(Tally.Event("b"))
    #expect(isTorn)
    #expect(try receipt.entries.map(\.place) == [#require(journal.entries().last).place])
    // What is derived from it is right as well.
    try writer.compact()
    #expect(try journal.writer().snapshotWarnings.isEmpty)
    #expect(try journal.writer().state.tags == ["a", "b"])
  }

  @Test("The new segment's name is durable before its first line is acknowledged")
  func names() throws {
    let journal = try sealed()
    let writer = try journal.writer()
    try writer.append(Tally.Event("b"))
    #expect(journal.disk.isNameDurable(journal.path(4)))
    #expect(isDurable(journal, 4))
  }

  @Test("Two that make it at once meet as in any race")
  func race() throws {
    let journal = try sealed()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    var isDone = false
    system.onOperation = { operation in
      guard operation.path == journal.path(4), !isDone else { return }
      isDone = true
      do { try two.append(Tally.Event("two")) } catch { Issue.record(error) }
    }
    try one.append(Tally.Event("one"))
    #expect(isDone)
    #expect(try journal.tally().tags == ["a", "two", "one"])
    #expect(one.state == (try journal.tally()))
    #expect(journal.disk.paths == [journal.path(1), journal.path(4)])
  }

  @Test("A writer follows to a segment that another made")
  func follows() throws {
    let journal = try TestJournal()
    let one = try journal.writer()
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    try two.refresh()
    var seal = RawLines(on: one.head)
    seal.seal()
    journal.disk.append(seal.bytes, to: journal.path())
    try one.append(Tally.Event("b"))
    try two.append(Tally.Event("c"))
    try one.append(Tally.Event("d"))
    #expect(try journal.tally().tags == ["a", "b", "c", "d"])
    #expect(try journal.entries().map(\.place.segment) == [1, 1, 1, 4, 4, 4])
  }

  @Test("A writer that follows makes the sealed segment durable too, whoever forgot it")
  func followsDurably() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    var seal = RawLines(on: writer.head)
    seal.seal()
    journal.disk.append(seal.bytes, to: journal.path())
    var next = RawLines(on: seal.head)
    next.add(tag: "b")
    journal.put(next, segment: 4, durable: false)
    try writer.append(Tally.Event("c"))
    #expect(isDurable(journal, 1) && isDurable(journal, 4))
  }

  @Test("Answers that rest on a segment that another made wait until that one is durable")
  func refusalInNextSegment() throws {
    let journal = try TestJournal()
    let one = try journal.writer()
    try one.append(Tally.Event("a"))
    var seal = RawLines(on: one.head)
    seal.seal()
    journal.disk.append(seal.bytes, to: journal.path())
    let lazy = try journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("b"), id: "k")
    #expect(!isDurable(journal, 4))
    #expect(try one.append(Tally.Event("b"), id: "k").isRepeated)
    #expect(isDurable(journal, 4))
    #expect(journal.disk.isNameDurable(journal.path(4)))
  }

  @Test("Nobody vouches for lines in a segment that it has not made durable")
  func marks() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    try one.append(Tally.Event("a"))
    var seal = RawLines(on: one.head)
    seal.seal()
    journal.disk.append(seal.bytes, to: journal.path())
    let lazy = try journal.writer(options: WriteOptions(durability: .none))
    try lazy.append(Tally.Event("b"))
    try one.refresh()
    // The first attempt loses a race, so that the line which counts was made after the change.
    var isDone = false
    system.onOperation = { operation in
      guard operation.kind == .append, !isDone else { return }
      isDone = true
      do { try lazy.append(Tally.Event("c")) } catch { Issue.record(error) }
    }
    var durable: [Int] = []
    try one.decide { _ in
      durable.append(journal.disk.durableBytes(of: journal.path(4))?.count ?? 0)
      return [Tally.Event("d")]
    }
    let entries = try journal.entries()
    let last = try #require(entries.last)
    let ends = entries.filter { $0.place.segment == 4 }
      .map { ($0.seq, $0.place.offset + Int64($0.place.length) + 1) }
    for (seq, end) in ends where seq <= last.durable {
      #expect(Int64(try #require(durable.last)) >= end, "seq \(seq) was not durable")
    }
  }

  @Test("After an empty next segment was left behind, it is the one that is used")
  func emptyNext() throws {
    let journal = try sealed()
    journal.put(RawLines(), segment: 4)
    let writer = try journal.writer()
    try writer.append(Tally.Event("b"))
    #expect(try journal.tally().tags == ["a", "b"])
    #expect(journal.disk.paths == [journal.path(1), journal.path(4)])
  }

  @Test("After an empty first segment was left behind, the journal is begun in it")
  func emptyFirst() throws {
    let journal = try TestJournal()
    journal.put(RawLines())
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    #expect(try journal.entries().map(\.type) == ["journal.opened", Tally.type])
  }
}
