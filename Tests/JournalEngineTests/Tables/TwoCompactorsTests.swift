import JournalEngine
import JournalTestSupport
import Testing

@Suite("Of two compactors at once")
struct TwoCompactorsTests {
  private static let options = {
    var options = WriteOptions(snapshots: .never)
    options.tableTiers.smallest = 1
    options.tableTiers.run = 2
    options.tableTiers.large = 4
    return options
  }()

  /// At every call of one compaction, another process appends and compacts, and clears away what
  /// its own snapshots do not need.
  @Test("the one leaves no snapshot whose tables the other cleared away", arguments: 1...2)
  func tablesOfTheOther(rounds: Int) throws {
    var call = 0
    var isReached = true
    while isReached {
      call += 1
      let journal = try TestJournal()
      let other: JournalWriter<Tally> = try journal.writer(options: Self.options)
      for tag in ["a", "b", "c"] {
        try other.append(Tally.Event(tag))
        try other.compact(CompactionOptions(keep: 1))
      }
      let system = MemoryFileSystem(on: journal.disk)
      let compactor: JournalWriter<Tally> = try journal.writer(on: system, options: Self.options)
      try other.append(Tally.Event("d"))
      isReached = false
      var calls = 0
      system.onOperation = { _ in
        calls += 1
        guard calls == call else { return }
        isReached = true
        for tag in (0..<rounds).map({ "e\($0)" }) {
          do {
            try other.append(Tally.Event(tag))
            try other.compact(CompactionOptions(keep: 1))
          } catch {
            Issue.record(error)
          }
        }
      }
      try compactor.compact(CompactionOptions(keep: 1))
      let opened = try journal.reader().state(Tally.self)
      #expect(opened.warnings.isEmpty, "at call \(call)")
      let found = try journal.reader().verify(as: Tally.self)
      #expect(found.findings.isEmpty, "at call \(call)")
      #expect(opened.state == (try journal.tally()), "at call \(call)")
    }
  }
}
