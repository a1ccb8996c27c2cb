import JournalEngine
import JournalTestSupport
import Testing

@Suite("Events that happened before they are recorded")
struct DatedTests {
  private func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

  private func record(
    _ times: [Int64], openedAt: Int64?, in writer: JournalWriter<Tally>
  ) throws {
    try writer.decide(openedAt: openedAt.map(time)) { _ in
      times.map { (Tally.Event("\($0)"), time($0)) }
    }
  }

  @Test("have the times when they happened, and so has the journal's beginning")
  func times() throws {
    let journal = try TestJournal()
    try record([100, 100, 250], openedAt: 100, in: journal.writer())
    #expect(try journal.entries().map(\.time) == [100, 100, 100, 250].map(time))
    #expect(try journal.reader().verify(as: Tally.self).findings.isEmpty)
    #expect(
      try journal.reader().state(Tally.self, at: .time(time(100))).state.tags == ["100", "100"])
  }

  @Test("are never older than the entry before them")
  func clamped() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try writer.append(Tally.Event("now"))
    let now = try #require(try journal.entries().last).time
    try record([100, 50], openedAt: nil, in: writer)
    #expect(try journal.entries().suffix(2).map(\.time) == [now, now])
    let other = try TestJournal("other")
    try record([100, 50, 70, 120], openedAt: 100, in: other.writer())
    #expect(try other.entries().dropFirst().map(\.time) == [100, 100, 100, 120].map(time))
  }

  @Test("leave the events after them their own time")
  func after() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    try record([100], openedAt: 100, in: writer)
    try writer.append(Tally.Event("now"))
    #expect(try journal.entries().last?.time == journal.clock.now())
    try record([journal.clock.now().microseconds / 1_000_000 + 60], openedAt: nil, in: writer)
    try writer.append(Tally.Event("held"))
    let times = try journal.entries().suffix(2).map(\.time)
    #expect(times[0] == times[1])
    #expect(try journal.reader().verify(as: Tally.self).findings.allSatisfy { !$0.isDamage })
  }

  @Test("are decided anew on the state that another writer left")
  func race() throws {
    let journal = try TestJournal()
    let first = try journal.writer()
    try record([100], openedAt: 100, in: first)
    let fileSystem = MemoryFileSystem(on: journal.disk)
    let second = try journal.writer(on: fileSystem)
    var calls = 0
    var isFirst = true
    fileSystem.onOperation = { operation in
      guard operation.kind == .append, isFirst else { return }
      isFirst = false

      _ = try? first.append(Tally.Event("between"))
    }
    try second.decide(openedAt: nil) { state in
      calls += 1
      return [(Tally.Event("\(state.tags.count)"), time(200))]
    }
    #expect(calls == 2)
    #expect(try journal.tally().tags == ["100", "between", "2"])
    fileSystem.onOperation = nil
  }
}
