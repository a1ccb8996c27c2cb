import JournalEngine
import JournalTestSupport
import Testing

@Suite("A repair")
struct RepairTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  private let options = WriteOptions(snapshots: .never)

  private func write(_ tags: [String], _ options: WriteOptions? = nil) throws {
    let writer = try journal.writer(options: options ?? self.options)
    for tag in tags { try writer.append(Tally.Event(tag)) }
  }

  private func flip(_ entry: Entry) {
    var bytes = journal.bytes(entry.place.segment)
    // A digit of the time: the line stays well formed, and its hash is another.
    let place = Int(entry.place.offset) + 39
    bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
    journal.disk.put(bytes, at: journal.path(entry.place.segment))
  }

  private var repair: JournalRepair { JournalRepair(journal.reader()) }

  @Test("of a sound journal is nothing to do, and changes nothing")
  func sound() throws {
    try write(["a", "b"])
    let before = journal.bytes()
    #expect(try repair.plan() == nil)
    #expect(try repair.apply() == nil)
    #expect(journal.bytes() == before)
  }

  @Test("shows what would be given up, and changes nothing", arguments: 2...6)
  func plan(_ seq: Int64) throws {
    try write(["a", "b", "c", "d", "e", "f"])
    flip(try journal.entries()[Int(seq) - 1])
    let before = journal.bytes()
    let plan = try #require(try repair.plan())
    #expect(plan.from.seq == seq - 1)
    #expect(plan.givenUp.map(\.seq) == Array(seq...7))
    #expect(plan.seq == 8)
    #expect(journal.bytes() == before)
  }

  @Test("keeps what is beyond doubt, and the journal goes on", arguments: 2...6)
  func apply(_ seq: Int64) throws {
    try write(["a", "b", "c", "d", "e", "f"])
    let kept = try journal.tally().tags.prefix(Int(seq) - 2)
    let before = journal.bytes().count
    flip(try journal.entries()[Int(seq) - 1])
    let damaged = journal.bytes()
    #expect(throws: JournalError.self) { try journal.writer() }
    try #require(try repair.apply(by: "ana") != nil)
    #expect(journal.bytes().prefix(before) == damaged.prefix(before))

    #expect(try journal.tally().tags == Array(kept))
    #expect(try journal.reader().replay(Tally.self).damage == nil)
    let writer = try journal.writer(options: options)
    try writer.append(Tally.Event("more"))
    #expect(try journal.tally().tags == kept + ["more"])
    #expect(journal.disk.paths.last == journal.path(9))
    let verified = try journal.reader().verify(as: Tally.self)
    #expect(verified.isSound)
    #expect(verified.counts[.givenUp] == 7 - Int(seq) + 1)
    #expect(try journal.entries().map(\.seq) == Array(1..<seq) + [8, 9])
    #expect(try repair.plan() == nil)
  }

  @Test("gives up the first entry too where that is in doubt")
  func all() throws {
    try write(["a", "b", "c"])
    flip(try journal.entries()[0])
    try #require(try repair.apply() != nil)
    #expect(try journal.tally().tags == [])
    try write(["new"])
    #expect(try journal.tally().tags == ["new"])
    #expect(try journal.reader().verify().isSound)
  }

  @Test("goes on where a segment in the middle is gone")
  func missingSegment() throws {
    try write((0..<12).map { "\($0)" }, WriteOptions(segmentLimit: 700, snapshots: .never))
    let segments = journal.disk.paths
    try #require(segments.count > 3)
    journal.disk.remove(segments[1])
    let plan = try #require(try repair.apply())
    #expect(try journal.reader().verify(as: Tally.self).isSound)
    try write(["more"])
    #expect(try journal.tally().tags.last == "more")
    #expect(try journal.entries().last?.seq == plan.seq + 1)
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("of a journal whose end was cut off never uses a number again that a snapshot knows")
  func cutTail() throws {
    try write(["a", "b"])
    let before = journal.bytes()
    try write(["c", "d"])
    try journal.writer().compact()
    journal.disk.put(before, at: journal.path())
    let plan = try #require(try repair.apply())
    #expect(plan.seq == 6)
    try write(["e"])
    #expect(try journal.tally().tags == ["a", "b", "e"])
    let state = try journal.reader().state(Tally.self)
    #expect(state.state == (try journal.tally()) && state.damage == nil)
    #expect(state.warnings.isEmpty)
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("leaves a snapshot of what was given up unused, and one of what was kept in use")
  func snapshots() throws {
    try write(["a", "b"])
    try journal.writer().compact()
    try write(["c", "d"])
    try journal.writer().compact()
    try write(["e"])
    flip(try journal.entries()[3])
    try #require(try repair.apply() != nil)
    #expect(try journal.reader().state(Tally.self).start.seq == 3)
    #expect(try journal.reader().state(Tally.self).state.tags == ["a", "b"])
    try write(["f"])
    try journal.writer().compact()
    #expect(try journal.reader().state(Tally.self).state.tags == ["a", "b", "f"])
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("is met by a writer on the branch that was given up, which goes on from what was kept")
  func liveWriter() throws {
    try write(["a", "b", "c"])
    let writer = try journal.writer(options: options)
    flip(try journal.entries()[2])
    try #require(try repair.apply() != nil)
    try writer.append(Tally.Event("d"))
    #expect(writer.state.tags == ["a", "d"])
    #expect(try journal.tally().tags == ["a", "d"])
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("counts only where it says that it stands: an append since the look makes it look again")
  func race() throws {
    try write(["a", "b", "c"])
    let writer = try journal.writer(options: options)
    flip(try journal.entries()[2])
    let system = MemoryFileSystem(on: journal.disk)
    system.onOperation = {
      guard $0.kind == .append else { return }
      system.onOperation = nil
      _ = try? writer.append(Tally.Event("late"))
    }
    let plan = try #require(try JournalRepair(journal.reader(on: system)).apply())
    #expect(plan.givenUp.contains { $0.seq == 5 })
    #expect(try journal.tally().tags == ["a"])
    try writer.append(Tally.Event("d"))
    #expect(try journal.tally().tags == ["a", "d"])
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("of damage that came after a repair gives up only what came after")
  func twice() throws {
    try write(["a", "b", "c"])
    flip(try journal.entries()[2])
    try #require(try repair.apply() != nil)
    try write(["d", "e", "f"])
    let entries = try journal.entries()
    flip(try #require(entries.first { $0.seq == entries.last.map { $0.seq - 1 } }))
    try #require(try repair.apply() != nil)
    #expect(try journal.tally().tags == ["a", "d"])
    try write(["g"])
    #expect(try journal.tally().tags == ["a", "d", "g"])
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("of damage right behind a repair goes on from that repair")
  func rightBehindARepair() throws {
    try write(["a", "b", "c"])
    flip(try journal.entries()[2])
    let first = try #require(try repair.apply())
    try write(["d", "e", "f"])
    flip(try #require(try journal.entries().first { $0.seq == first.seq + 1 }))
    let second = try #require(try repair.apply())
    #expect(second.from.seq == first.seq)
    try write(["g"])
    #expect(try journal.tally().tags == ["a", "g"])
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("of older damage gives up an earlier repair with what followed it")
  func older() throws {
    try write(["a", "b", "c", "d"])
    flip(try journal.entries()[3])
    try #require(try repair.apply() != nil)
    try write(["e", "f"])
    flip(try journal.entries()[1])
    let plan = try #require(try repair.apply())
    #expect(plan.from.seq == 1)
    try write(["g"])
    #expect(try journal.tally().tags == ["g"])
    #expect(try journal.reader().verify(as: Tally.self).isSound)
  }

  @Test("that is spelled at another place than it names, or forged for another chain, is void")
  func elsewhere() throws {
    try write(["a", "b", "c"])
    flip(try journal.entries()[2])
    try #require(try repair.apply() != nil)
    let line = try #require(try journal.entries().last)
    let other = try TestJournal()
    let writer = try other.writer()
    try writer.append(Tally.Event("x"))
    other.disk.append(line.line + [10], to: other.path())
    try writer.append(Tally.Event("y"))
    #expect(try other.tally().tags == ["x", "y"])
    #expect(try other.reader().verify().isSound)
  }
}
