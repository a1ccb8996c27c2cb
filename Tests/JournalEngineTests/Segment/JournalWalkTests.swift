import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A walk along the segments")
struct JournalWalkTests {
  private func sealed() throws -> (TestJournal, RawLines) {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a")
    lines.seal()
    journal.put(lines)
    return (journal, lines)
  }

  @Test("goes on after a seal in the segment named by the next seq")
  func nextSegment() throws {
    let (journal, first) = try sealed()
    var second = RawLines(on: first.head)
    second.add(tag: "b")
    second.seal()
    journal.put(second, segment: 4)
    var third = RawLines(on: second.head)
    third.add(tag: "c")
    journal.put(third, segment: 6)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.state.tags == ["a", "b", "c"])
    #expect(replay.head == third.head)
    #expect(replay.damage == nil)
    #expect(try journal.entries().map(\.place.segment) == [1, 1, 1, 4, 4, 6])
    #expect(try journal.entries().map(\.place.offset).last == 0)
  }

  @Test("ends at a seal that nothing follows, or an empty file", arguments: [false, true])
  func sealIsHead(_ isEmptyFileThere: Bool) throws {
    let (journal, first) = try sealed()
    if isEmptyFileThere { journal.put(RawLines(), segment: 4) }
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.head == first.head)
    #expect(replay.damage == nil)
  }

  @Test("is damaged where the next segment is missing and a later one exists")
  func missingSegment() throws {
    let (journal, first) = try sealed()
    var second = RawLines(on: first.head)
    second.add(tag: "b")
    second.seal()
    var third = RawLines(on: second.head)
    third.add(tag: "c")
    journal.put(third, segment: 6)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.state.tags == ["a"])
    let damage = try #require(replay.damage)
    #expect(damage.lastBeyondDoubt == 3)
    #expect(damage.file.hasSuffix("00000000000000000004.ndjson"))
    #expect(throws: JournalError.self) { try journal.writer() }
  }

  @Test("is damaged where a segment without a seal has a later one")
  func missingSeal() throws {
    let journal = try TestJournal()
    var first = RawLines()
    first.open("j")
    first.add(tag: "a")
    journal.put(first)
    var second = RawLines(on: first.head)
    second.add(tag: "b")
    journal.put(second, segment: 3)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.state.tags == ["a"])
    #expect(replay.damage?.lastBeyondDoubt == 2)
    #expect(replay.damage?.offset == Int64(first.bytes.count))
  }

  @Test("is damaged from the start where the first segment is missing")
  func missingFirst() throws {
    let journal = try TestJournal()
    var lines = RawLines(on: Head(seq: 3, hash: SHA256.digest(of: [1])))
    lines.add(tag: "b")
    journal.put(lines, segment: 4)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.state.tags == [])
    #expect(replay.damage?.lastBeyondDoubt == 0)
  }

  @Test("passes over what is no segment")
  func otherFiles() throws {
    let (journal, first) = try sealed()
    for name in ["notes.txt", "00000000000000000004.discovery-1.snapshot.json", "9.ndjson"] {
      journal.disk.put([1, 2, 3], at: journal.folder + "/" + name)
    }
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.damage == nil && replay.head == first.head)
  }

  @Test("reports lines after a seal, and what they chain on decides")
  func afterSeal() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    let seal = lines.seal()
    lines.add(tag: "late")
    journal.put(lines)
    var second = RawLines(on: seal)
    second.add(tag: "b")
    journal.put(second, segment: 3)
    #expect(try journal.voidLines().map(\.kind) == [.lostRace])
    #expect(try journal.tally().tags == ["b"])
  }

  @Test("passes over blank lines, and counts a line of one blank as torn")
  func blankLines() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.put("")
    lines.open("j")
    lines.put("")
    lines.put("")
    lines.put(" ")
    lines.add(tag: "a")
    lines.put("\r")
    journal.put(lines)
    #expect(try journal.tally().tags == ["a"])
    #expect(try journal.voidLines().map(\.kind) == [.torn, .torn])
  }

  @Test("reports a line that is too long as torn, and goes on")
  func tooLong() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.put(String(repeating: "x", count: 3 << 20))
    lines.add(tag: "a")
    journal.put(lines)
    var torn: [LinePlace] = []
    try journal.reader().forEachLine { line in
      if case .void(let void, let place) = line, void.kind == .torn { torn.append(place) }
      return true
    }
    #expect(torn.map(\.length) == [3 << 20])
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("reads a line again that looks unfinished, before it calls it torn")
  func readAgain() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    let start = lines.bytes.count
    lines.add(tag: "a")
    var zeros = lines.bytes
    for index in start..<zeros.count - 30 { zeros[index] = 0 }
    journal.disk.put(zeros, at: journal.path())
    let system = MemoryFileSystem(on: journal.disk)
    // The bytes come after the newline: seen so on some file systems.
    system.onOperation = { operation in
      if operation.kind == .size { journal.disk.put(lines.bytes, at: journal.path()) }
    }
    #expect(try journal.reader(on: system).replay(Tally.self).state.tags == ["a"])
  }

  @Test("does not wait for the bytes of a write that is long past")
  func quiet() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    for _ in 0..<50 { lines.put("torn") }
    journal.put(lines)
    let system = MemoryFileSystem(on: journal.disk)
    for (age, waits) in [(Int64(0), true), (2_000_000, true), (60_000_000, false)] {
      system.lastWrite = journal.clock.now().advanced(byMicroseconds: -age)
      let before = journal.clock.elapsed()
      let found = try journal.reader(on: system).verify()
      #expect(found.counts[.torn] == 50)
      #expect((journal.clock.elapsed() > before) == waits)
      journal.clock.set(RawLines.time)
    }
  }

  @Test("waits a moment in all, however many lines look unfinished, and whatever time the file has")
  func manyTorn() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    for _ in 0..<10_000 { lines.put("torn") }
    journal.put(lines)
    let system = MemoryFileSystem(on: journal.disk)
    system.lastWrite = .latest
    let before = journal.clock.elapsed()
    #expect(try journal.reader(on: system).verify().counts[.torn] == 10_000)
    #expect(journal.clock.elapsed() - before <= .milliseconds(200))
  }

  @Test("is over where a repair goes on from another branch, whose number the head has as well")
  func otherBranch() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a")
    journal.put(lines)
    let walk = try journal.reader().walk()
    var visitor = NoVisitor()
    try walk.advance(&visitor)
    for (seq, isOver) in [(Int64(3), false), (2, true)] {
      let from = Head(seq: seq, hash: Digest(of: [1]))
      let data = Repair.data(from: from, segment: 1, offset: Int64(lines.bytes.count))
      lines.put(
        RawLines.line(
          "journal.repaired", seq: 9, prev: from.hash, data: JSON.object(data).text))
      journal.put(lines)
      if isOver {
        let error = #expect(throws: JournalError.self) { try walk.advance(&visitor) }
        #expect(error?.code == .repaired)
      } else {
        try walk.advance(&visitor)
      }
    }
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("begins with no line whose number leads to where numbers end")
  func farStart() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    let offset = Int64(lines.bytes.count)
    let far = RawLines.line(seq: .max, prev: .zero, more: true)
    lines.put(far)
    lines.put(RawLines.line(seq: .max, prev: SHA256.digest(of: far)))
    journal.put(lines)
    let folder = try journal.reader().folder()
    for seq in [Int64.max, .min, 0] {
      let walk = try JournalWalk(
        folder, name: journal.name, clock: journal.clock,
        from: LineStart(seq: seq, segment: 1, offset: offset))
      #expect(walk == nil)
    }
  }

  @Test("loses no line where reading it again fails")
  func readAgainFails() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    journal.put(lines)
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    var more = lines
    more.add(tag: "a")
    let line = more.bytes[lines.bytes.count...]
    // Seen unfinished, and the second look fails; then the bytes are there.
    journal.disk.put(lines.bytes + line.map { $0 == 10 ? 10 : 0 }, at: journal.path())
    system.fail(.size, .error(.planned(.io)))
    #expect(throws: JournalError.self) { try writer.refresh() }
    journal.disk.put(more.bytes, at: journal.path())
    try writer.refresh()
    #expect(writer.state.tags == ["a"])
  }

  @Test("takes a segment that is made between two looks for no damage", arguments: [1, 4])
  func segmentRace(_ first: Int64) throws {
    let (journal, lines) = try sealed()
    var second = RawLines(on: lines.head)
    second.add(tag: "b")
    let made = first == 1 ? lines.bytes : second.bytes
    if first == 1 { journal.disk.remove(journal.path()) }
    let system = MemoryFileSystem(on: journal.disk)
    var wasMissed = false
    system.onOperation = { operation in
      if operation == Operation(.openForReading, journal.path(first)) { wasMissed = true }
      guard operation.kind == .names, wasMissed || first == 1 else { return }
      journal.disk.put(made, at: journal.path(first))
    }
    let replay = try journal.reader(on: system).replay(Tally.self)
    #expect(replay.damage == nil)
    #expect(replay.state.tags == (first == 1 ? ["a"] : ["a", "b"]))
  }

  @Test("sees the seal of every segment that has a later one when it lists them")
  func sealRace() throws {
    let journal = try TestJournal()
    var first = RawLines()
    first.open("j")
    journal.put(first)
    let unsealed = first.bytes.count
    first.seal()
    let seal = Array(first.bytes[unsealed...])
    var second = RawLines(on: first.head)
    second.add(tag: "b")
    let next = second.bytes
    let system = MemoryFileSystem(on: journal.disk)
    var isDone = false
    system.onOperation = { operation in
      guard operation.kind == .names, !isDone else { return }
      isDone = true
      journal.disk.append(seal, to: journal.path())
      journal.disk.put(next, at: journal.path(3))
    }
    let replay = try journal.reader(on: system).replay(Tally.self)
    #expect(replay.damage == nil)
    #expect(replay.state.tags == ["b"])
  }
}
