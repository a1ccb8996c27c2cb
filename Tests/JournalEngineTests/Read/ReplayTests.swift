import JournalEngine
import JournalTestSupport
import Testing

@Suite("Reading a state")
struct ReplayTests {
  /// opened at 0 s, a at 1 s, b and c at 2 s, d at 4 s; seqs 1 to 5.
  private func journal() throws -> (TestJournal, [Timestamp]) {
    let journal = try TestJournal()
    let start = journal.clock.now()
    let times = [0, 1, 2, 2, 4].map { start.advanced(byMicroseconds: Int64($0) * 1_000_000) }
    var lines = RawLines()
    lines.open("j")
    for (tag, time) in zip(["a", "b", "c", "d"], times.dropFirst()) {
      lines.add(tag: tag, time: time)
    }
    journal.put(lines)
    return (journal, times)
  }

  @Test("gives the state after any seq, and the entry that it is of")
  func untilSeq() throws {
    let (journal, times) = try journal()
    let entries = try journal.entries()
    for seq: Int64 in 0...5 {
      let replay = try journal.reader().replay(Tally.self, until: .seq(seq))
      #expect(replay.state.tags == Array(["a", "b", "c", "d"].prefix(max(0, Int(seq) - 1))))
      #expect(replay.head.seq == seq)
      #expect(replay.head.hash == (seq == 0 ? .zero : entries[Int(seq) - 1].hash))
      #expect(replay.time == (seq == 0 ? nil : times[Int(seq) - 1]))
    }
  }

  @Test("says that there is no such entry beyond the head", arguments: [6, 100, -1, .max, .min])
  func beyond(_ seq: Int64) throws {
    let (journal, _) = try journal()
    let error = #expect(throws: JournalError.self) {
      try journal.reader().replay(Tally.self, until: .seq(seq))
    }
    #expect(error?.code == .notFound)
  }

  @Test("gives the state at any moment: the entries at that moment are in it")
  func untilTime() throws {
    let (journal, times) = try journal()
    func tags(_ time: Timestamp) throws -> [String] {
      try journal.reader().replay(Tally.self, until: .time(time)).state.tags
    }
    #expect(try tags(.earliest) == [])
    #expect(try tags(times[0]) == [])
    #expect(try tags(times[1]) == ["a"])
    #expect(try tags(times[2].advanced(byMicroseconds: -1)) == ["a"])
    #expect(try tags(times[2]) == ["a", "b", "c"])
    #expect(try tags(.latest) == ["a", "b", "c", "d"])
  }

  @Test("says that there is no journal, and makes none")
  func missing() throws {
    let journal = try TestJournal()
    let error = #expect(throws: JournalError.self) { try journal.reader().replay(Tally.self) }
    #expect(error?.code == .notFound)
    #expect(try !journal.reader().exists())
    #expect(journal.disk.paths.isEmpty)
  }

  @Test("of a journal without lines is that before the first")
  func empty() throws {
    let journal = try TestJournal()
    journal.put(RawLines())
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.head == .none && replay.time == nil && replay.state == Tally())
  }

  @Test("writes nothing, and syncs only to give the head")
  func readsOnly() throws {
    let (journal, _) = try journal()
    let system = MemoryFileSystem(on: journal.disk)
    _ = try journal.reader(on: system).replay(Tally.self)
    _ = try journal.reader(on: system).forEach { _ in true }
    let kinds = Set(system.log.map(\.kind))
    #expect(
      kinds.isDisjoint(with: [
        .append, .makeFolder, .openForAppending, .reserve, .syncData, .syncNames,
      ]))
    let head = try journal.reader(on: system).head()
    #expect(head.seq == 5)
    #expect(system.count(.syncData) == 1)
    #expect(system.count(.append) == 0)
  }

  @Test("stops where damage puts the rest in doubt, also for an earlier point")
  func damage() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a")
    lines.add(tag: "b")
    lines.put(RawLines.line(seq: 9, prev: SHA256.digest(of: [1]), durable: 3))
    lines.put(RawLines.line(seq: 3, prev: SHA256.digest(of: [2]), durable: 2))
    lines.add(tag: "c")
    journal.put(lines)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.damage?.lastBeyondDoubt == 1)
    #expect(replay.state.tags == [] && replay.head.seq == 1)
    #expect(try journal.reader().replay(Tally.self, until: .seq(1)).damage != nil)
    #expect(try journal.reader().replay(Tally.self, until: .seq(3)).head.seq == 1)
  }

  @Test("hands out lines until the caller has enough, and not one more")
  func enough() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.put("torn")
    lines.put("torn")
    lines.open("j")
    lines.add(tag: "a", more: true)
    lines.add(tag: "b", more: true)
    lines.add(tag: "c")
    journal.put(lines)
    for limit in 1...6 {
      var seen = 0
      try journal.reader().forEachLine { _ in
        seen += 1
        return seen < limit
      }
      #expect(seen == limit)
    }
  }

  @Test("passes on what the caller throws, at once")
  func throwing() throws {
    let (journal, _) = try journal()
    var seen = 0
    #expect(throws: Violation.self) {
      try journal.reader().forEach { _ in
        seen += 1
        throw Violation("enough")
      }
    }
    #expect(seen == 1)
  }

  @Test("lists the journals of a root, in order, and nothing else")
  func names() throws {
    let journal = try TestJournal("b")
    let system = journal.system(MemoryFileSystem(on: journal.disk))
    #expect(try JournalReader.names(in: journal.root, system: system) == nil)
    for name in ["b", "a", ".hidden", "with blank"] {
      journal.disk.put([], at: journal.root + "/" + name + "/00000000000000000001.ndjson")
    }
    #expect(try JournalReader.names(in: journal.root, system: system)?.map(\.text) == ["a", "b"])
  }
}
