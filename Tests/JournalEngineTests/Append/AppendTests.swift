import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("Appending")
struct AppendTests {
  @Test("The first append makes the journal, its first line and the event, by one write")
  func first() throws {
    let journal = try TestJournal("first")
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    #expect(journal.disk.paths.isEmpty, "opening makes nothing")
    let receipt = try writer.append(Tally.Event("a"), by: "me")
    #expect(receipt.seqs == 2...2)
    #expect(!receipt.isRepeated)
    #expect(receipt.type == Tally.type)
    #expect(system.count(.append) == 1)
    let entries = try journal.entries()
    #expect(entries.map(\.type) == ["journal.opened", Tally.type])
    #expect(entries.first?.data.map(Array.init) == Array(#"{"format":1,"journal":"first"}"#.utf8))
    #expect(entries.last?.by == "me")
    #expect(entries.last?.line == receipt.entries.last?.line)
    #expect(writer.state.tags == ["a"])
    #expect(writer.head == Head(seq: 2, hash: try #require(entries.last).hash))
  }

  @Test("A refusal on a journal that does not exist makes nothing")
  func refusal() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    #expect(throws: Violation.self) {
      try writer.decide { _ in throw Violation("refused") }
    }
    #expect(throws: JournalError.self) { try journal.reader().replay(Tally.self) }
    #expect(system.count(.makeFolder) == 0)
    #expect(journal.disk.paths.isEmpty)
  }

  @Test("Deciding to record nothing records nothing")
  func nothing() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let receipt = try writer.decide(id: "k") { _ in [] }
    #expect(receipt.seqs == nil && receipt.entries.isEmpty && !receipt.isRepeated)
    #expect(journal.disk.paths.isEmpty)
    #expect(try writer.append(Tally.Event("a"), id: "k").isRepeated == false)
  }

  @Test("Several events are one group: all count, or none")
  func group() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let receipt = try writer.append(Tally.Event("a"), Tally.Event("b"), Tally.Event("c"))
    #expect(receipt.seqs == 2...4)
    #expect(try journal.entries().map(\.more) == [false, true, true, false])
    #expect(Set(try journal.entries().map(\.fields.nonce)).count == 1)
    #expect(writer.state.tags == ["a", "b", "c"])
    #expect(writer.state.seqs == [2, 3, 4])
  }

  @Test("Each append decides on the state that the one before it left")
  func state() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Ledger.self)
    try writer.append(.deposited(cents: 5))
    try writer.decide { [.withdrawn(cents: $0.balance)] }
    #expect(writer.state.balance == 0)
    #expect(throws: Ledger.Overdrawn(balance: -1)) { try writer.append(.withdrawn(cents: 1)) }
    #expect(writer.state.balance == 0)
    #expect(writer.head.seq == 3)
  }

  @Test("A group of which the projection refuses one event is not recorded")
  func refusedGroup() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(Ledger.self)
    #expect(throws: Ledger.Overdrawn(balance: -1)) {
      try writer.append(.deposited(cents: 5), .withdrawn(cents: 6))
    }
    #expect(journal.disk.paths.isEmpty)
    #expect(writer.state.balance == 0)
  }

  @Test("A clock that steps back is clamped: no entry is earlier than the one before it")
  func clock() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let start = journal.clock.now()
    try writer.append(Tally.Event("a"))
    journal.clock.set(start.advanced(byMicroseconds: -5_000_000))
    try writer.append(Tally.Event("b"))
    let other = try journal.writer()
    try other.append(Tally.Event("c"))
    journal.clock.set(start.advanced(byMicroseconds: 7))
    try other.append(Tally.Event("d"))
    let times = try journal.entries().map(\.time)
    #expect(times == [start, start, start, start, start.advanced(byMicroseconds: 7)])
  }

  @Test("Every write attempt has a nonce of its own")
  func nonces() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    for index in 0..<20 { try writer.append(Tally.Event("\(index)")) }
    #expect(Set(try journal.entries().map(\.fields.nonce)).count == 20)
  }

  @Test("A writer that was closed writes no more, and says so")
  func closed() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("a"))
    try writer.close()
    try writer.close()
    let error = #expect(throws: JournalError.self) { try writer.append(Tally.Event("b")) }
    #expect(error?.code == .closed)
    #expect(throws: JournalError.self) { try writer.refresh() }
    #expect(throws: JournalError.self) { try writer.sync() }
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("Whoever refreshes sees what others appended")
  func refresh() throws {
    let journal = try TestJournal()
    let one = try journal.writer()
    let two = try journal.writer()
    try one.append(Tally.Event("a"))
    try two.refresh()
    #expect(two.state.tags == ["a"])
    try two.append(Tally.Event("b"))
    try one.refresh()
    #expect(one.state.tags == ["a", "b"])
    #expect(one.head == two.head)
  }
}
