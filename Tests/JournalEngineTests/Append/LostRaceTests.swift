import JournalEngine
import JournalTestSupport
import Testing

@Suite("A lost race")
struct LostRaceTests {
  /// Lets another writer append once, just before this one's next call of a kind.
  private func interleave(
    _ system: MemoryFileSystem, before kind: Operation.Kind,
    _ other: JournalWriter<Tally>, _ tag: String
  ) {
    var isDone = false
    system.onOperation = { operation in
      guard operation.kind == kind, !isDone else { return }
      isDone = true
      do { try other.append(Tally.Event(tag)) } catch { Issue.record(error) }
    }
  }

  @Test("is decided again on the newer state, and the lines that lost are void")
  func retried() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    interleave(system, before: .append, two, "b")
    var seen: [[String]] = []
    let receipt = try one.decide { state in
      seen.append(state.tags)
      return [Tally.Event("after \(state.tags.count)")]
    }
    #expect(seen == [["a"], ["a", "b"]])
    #expect(receipt.seqs == 4...4)
    #expect(try journal.tally().tags == ["a", "b", "after 2"])
    #expect(try journal.voidLines().map(\.kind) == [.lostRace])
    #expect(one.state == (try journal.tally()))
  }

  @Test("over the first line of a journal makes one journal")
  func opening() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    interleave(system, before: .append, two, "b")
    #expect(try one.append(Tally.Event("a")).seqs == 3...3)
    #expect(try journal.entries().map(\.type) == ["journal.opened", Tally.type, Tally.type])
    #expect(try journal.tally().tags == ["b", "a"])
  }

  @Test(
    "is met at any call that the append makes",
    arguments: [
      Operation.Kind.makeFolder, .names, .openForAppending, .read, .reserve, .append, .syncData,
      .syncNames,
    ])
  func anywhere(_ kind: Operation.Kind) throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    interleave(system, before: kind, two, "b")
    try one.append(Tally.Event("a"))
    // Of a new segment nothing is read yet.
    try one.append(Tally.Event("c"))
    system.onOperation = nil
    let tally = try journal.tally()
    #expect(tally.tags.sorted() == ["a", "b", "c"])
    #expect(one.state == tally)
    try two.refresh()
    #expect(two.state == tally)
  }

  @Test(
    "is met while a journal is entered that was made meanwhile",
    arguments: [Operation.Kind.journalFolder, .names, .openForReading, .read, .openForAppending])
  func entering(_ kind: Operation.Kind) throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    try two.append(Tally.Event("a"))
    interleave(system, before: kind, two, "b")
    try one.append(Tally.Event("c"))
    system.onOperation = nil
    #expect(one.state.tags == ["a", "b", "c"])
    #expect(try journal.tally() == one.state)
  }

  @Test("takes a refusal back that was decided on the older state")
  func refusalReconsidered() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    interleave(system, before: .append, two, "b")
    #expect(throws: Violation.self) {
      try one.decide { state in
        if state.tags.contains("b") { throw Violation("b was first") }
        return [Tally.Event("c")]
      }
    }
    #expect(try journal.tally().tags == ["a", "b"])
  }

  @Test("is given up after as many attempts as the caller allows, and says so")
  func gaveUp() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system, options: WriteOptions(attempts: 3))
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    var others = 0
    system.onOperation = { operation in
      guard operation.kind == .append else { return }
      others += 1
      do { try two.append(Tally.Event("other")) } catch { Issue.record(error) }
    }
    let error = #expect(throws: JournalError.self) { try one.append(Tally.Event("never")) }
    #expect(error?.code == .gaveUp)
    #expect(others == 3)
    system.onOperation = nil
    #expect(try !journal.tally().tags.contains("never"))
    try one.append(Tally.Event("z"))
    #expect(try journal.tally().tags == ["a", "other", "other", "other", "z"])
  }

  @Test("makes the writer wait, each time up to twice as long, never longer than 10 ms")
  func backoff() {
    struct Highest: RandomSource {
      func next() -> UInt64 { .max }
    }
    struct Lowest: RandomSource {
      func next() -> UInt64 { 0 }
    }
    var random = SeededRandom(seed: 1)
    var backoff = Backoff()
    var bound: Int64 = 50
    for _ in 0..<20 {
      let wait = backoff.next(random)
      #expect(wait >= .zero && wait < .microseconds(bound))
      bound = min(bound * 2, 10_000)
      random = SeededRandom(seed: random.next())
    }
    var lowest = Backoff()
    #expect(lowest.next(Lowest()) == .zero)
  }

  @Test("that is none, for the other's lines are void, keeps what both wrote in order")
  func otherWasVoid() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    try one.append(Tally.Event("a"))
    let bytes = journal.bytes().count
    var isDone = false
    let lost = RawLines.line(seq: 2, prev: try #require(try journal.entries().first).hash)
    system.onOperation = { operation in
      guard operation.kind == .append, !isDone else { return }
      isDone = true
      journal.disk.append(lost + [10], to: journal.path())
    }
    let receipt = try one.append(Tally.Event("b"))
    #expect(receipt.seqs == 3...3)
    #expect(try journal.tally().tags == ["a", "b"])
    #expect(receipt.entries.map(\.place) == [try #require(try journal.entries().last).place])
    #expect(receipt.entries.first?.place.offset == Int64(bytes + lost.count + 1))
  }

  @Test("is not seen where there was none: what came right behind stays in the state")
  func othersBehind() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    // An open end makes the writer read back where its line landed; before that, another appends.
    journal.disk.append(Array("{".utf8), to: journal.path())
    var appended = false
    var isDone = false
    system.onOperation = { operation in
      if operation.kind == .append { appended = true }
      guard operation.kind == .read, appended, !isDone else { return }
      isDone = true
      do { try two.append(Tally.Event("c")) } catch { Issue.record(error) }
    }
    try one.append(Tally.Event("b"))
    system.onOperation = nil
    #expect(isDone)
    #expect(one.state.tags == ["a", "b", "c"])
    #expect(try journal.tally().tags == ["a", "b", "c"])
    try one.decide { [Tally.Event("after \($0.tags.count)")] }
    #expect(try journal.tally().tags.last == "after 3")
  }
}
