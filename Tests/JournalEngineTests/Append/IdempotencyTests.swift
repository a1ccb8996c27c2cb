import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("An idempotency key")
struct IdempotencyTests {
  @Test("adds nothing the second time, and gives the first receipt's numbers")
  func repeated() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let first = try writer.append(Tally.Event("a"), Tally.Event("b"), id: "k")
    try writer.append(Tally.Event("c"))
    let before = journal.bytes()
    let again = try writer.decide(id: "k") { _ in
      Issue.record("decided again")
      return []
    }
    #expect(first.seqs == 2...3 && !first.isRepeated)
    #expect(again.seqs == 2...3 && again.isRepeated)
    #expect(again.type == Tally.type && again.entries.isEmpty)
    #expect(journal.bytes() == before)
  }

  @Test("stands on the last line of its group")
  func place() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"), Tally.Event("b"), id: "k")
    #expect(try journal.entries().map(\.id) == [nil, nil, "k"])
  }

  @Test("is known to other writers and after opening anew, its group's first line too")
  func others() throws {
    let journal = try TestJournal()
    let other = try journal.writer()
    try journal.writer().append(Tally.Event("a"), Tally.Event("b"), id: "k")
    for writer in [other, try journal.writer()] {
      let receipt = try writer.append(Tally.Event("a"), id: "k")
      #expect(receipt.isRepeated && receipt.seqs == 2...3)
    }
    #expect(try journal.tally().tags == ["a", "b"])
  }

  @Test("that another used while this one was writing adds nothing")
  func race() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    var isDone = false
    system.onOperation = { operation in
      guard operation.kind == .append, !isDone else { return }
      isDone = true
      do { try two.append(Tally.Event("b"), id: "k") } catch { Issue.record(error) }
    }
    #expect(try one.append(Tally.Event("b"), id: "k").isRepeated)
    #expect(try journal.tally().tags == ["a", "b"])
  }

  @Test("of a refusal is free again")
  func refusal() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    #expect(throws: Violation.self) { try writer.decide(id: "k") { _ in throw Violation("no") } }
    #expect(try !writer.append(Tally.Event("a"), id: "k").isRepeated)
  }

  @Test("of a line that does not count is free")
  func void() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.put(RawLines.line(seq: 1, prev: .zero, id: "k", data: #"{"tag":"x"}"#))
    journal.put(lines)
    #expect(try !journal.writer().append(Tally.Event("a"), id: "k").isRepeated)
  }

  @Test("twice in one batch is answered once by an entry, once by that entry")
  func batch() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let requests = ["a", "b", "c"].map { tag in
      AppendRequest<Tally>(by: nil, id: "k", decide: { _ in [Tally.Event(tag)] })
    }
    writer.commit(requests)
    let receipts = try requests.map { try #require($0.outcome).get() }
    #expect(receipts.map(\.isRepeated) == [false, true, true])
    #expect(receipts.map(\.seqs) == [2...2, 2...2, 2...2])
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("that comes again while its batch is decided waits for that entry, and so do all behind")
  func joined() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    func request(_ tag: String, _ id: String?) -> AppendRequest<Tally> {
      AppendRequest(by: nil, id: id) { _ in [Tally.Event(tag)] }
    }
    let requests = [
      request("a", "k"), request("b", "k"), request("c", nil), request("d", nil),
    ]
    var coming = [requests[1...2], requests[3...3]]
    writer.commit([requests[0]]) { coming.isEmpty ? [] : Array(coming.removeFirst()) }
    let receipts = try requests.map { try #require($0.outcome).get() }
    #expect(receipts.map(\.isRepeated) == [false, true, false, false])
    #expect(receipts.map(\.seqs) == [2...2, 2...2, 3...3, 4...4])
    #expect(try journal.tally().tags == ["a", "c", "d"])
    #expect(system.count(.append) == 2)
  }

  @Test("that is refused first and used next in one batch is used")
  func refusedInBatch() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let first = AppendRequest<Tally>(by: nil, id: "k", decide: { _ in throw Violation("no") })
    let second = AppendRequest<Tally>(by: nil, id: "k", decide: { _ in [Tally.Event("a")] })
    writer.commit([first, second])
    #expect(throws: Violation.self) { try first.outcome?.get() }
    #expect(try #require(second.outcome).get().isRepeated == false)
  }

  @Test("is another where it is spelled by other characters that look the same")
  func spelling() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"), id: "\u{E9}")
    #expect(try !writer.append(Tally.Event("b"), id: "e\u{301}").isRepeated)
    let anew = try journal.writer()
    #expect(try anew.append(Tally.Event("a"), id: "\u{E9}").seqs == 2...2)
    #expect(try anew.append(Tally.Event("b"), id: "e\u{301}").seqs == 3...3)
  }

  @Test("is remembered while it is among the newest, and forgotten then")
  func window() throws {
    var keys = IdempotencyKeys(limit: 3)
    func entry(_ seq: Int64, _ id: String?) throws -> Entry {
      let line = RawLines.line(seq: seq, prev: .zero, id: id)
      return Entry(
        line: line, fields: try #require(Sample.scan(line)), hash: .zero,
        place: LinePlace(segment: 1, offset: 0, length: line.count))
    }
    for seq in 1...3 { keys.remember(try entry(Int64(seq), "k\(seq)"), groupStart: Int64(seq)) }
    keys.remember(try entry(4, nil), groupStart: 4)
    #expect(keys["k1"]?.first == 1, "lines without a key take no place")
    keys.remember(try entry(5, "k2"), groupStart: 5)
    #expect(keys["k2"]?.last == 2, "the first one stands")
    keys.remember(try entry(6, "k4"), groupStart: 6)
    #expect(keys["k1"] == nil)
    #expect(["k2", "k3", "k4"].allSatisfy { keys[$0] != nil })
    keys.remember(try entry(7, "k1"), groupStart: 7)
    #expect(keys["k1"]?.last == 7 && keys["k2"] == nil)
    #expect(LineFormat.rememberedIDs == 65_536)
  }
}
