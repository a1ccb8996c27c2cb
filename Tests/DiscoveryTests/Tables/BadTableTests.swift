import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("A bad table")
struct BadTableTests {
  /// A journal with some tables, and what its entries give.
  private func settled(_ random: inout SeededGenerator) throws -> (SettledJournal, Profile) {
    var journal = SettledJournal()
    let writer = try journal.writer()
    for count in [9, 4, 3] {
      try journal.run(count, in: writer, &random)
      try writer.compact()
    }
    return (journal, try journal.reader().replay(Profile.self).state)
  }

  @Test("changes no answer, wherever it is altered, and a verification names it")
  func altered() throws {
    var random = SeededGenerator.forTest()
    let (journal, expected) = try settled(&random)
    for table in journal.tables {
      let path = "/root/acme/" + table
      let bytes = try #require(journal.disk.bytes(of: path))
      for place in stride(from: random.below(97), to: bytes.count, by: 97) {
        var altered = bytes
        altered[place] ^= 1 << random.below(8)
        journal.disk.put(altered, at: path)
        let state = try journal.reader().state(Profile.self).state
        #expect(try state.session("s2") == expected.session("s2"), "byte \(place)")
        if place % 10 == 0 { try expectSame(state, expected, sessions: journal.started) }
      }
      let found = try journal.reader().verify(as: Profile.self).findings.filter {
        $0.kind == .badTable
      }
      #expect(found.map(\.file) == [path])
      #expect(!found.contains { $0.isDamage })
      journal.disk.put(bytes, at: path)
    }
  }

  @Test("changes no answer where it is cut short, missing, or another one's")
  func exchanged() throws {
    var random = SeededGenerator.forTest()
    let (journal, expected) = try settled(&random)
    for table in journal.tables {
      let path = "/root/acme/" + table
      let bytes = try #require(journal.disk.bytes(of: path))
      for count in [0, 1, 4095, 4096, 4097, 8192, bytes.count - 4096, bytes.count - 1] {
        journal.disk.put(Array(bytes.prefix(count)), at: path)
        try expectSame(
          journal.reader().state(Profile.self).state, expected, sessions: journal.started)
      }
      for other in journal.tables where other != table {
        let bytes = try #require(journal.disk.bytes(of: "/root/acme/" + other))
        journal.disk.put(bytes, at: path)
        try expectSame(
          journal.reader().state(Profile.self).state, expected, sessions: journal.started)
      }
      journal.disk.remove(path)
      let state = try journal.reader().state(Profile.self)
      try expectSame(state.state, expected, sessions: journal.started)
      journal.disk.put(bytes, at: path)
    }
  }

  @Test("whose keys name records that it does not hold is believed in no look")
  func strangeKeys() throws {
    var random = SeededGenerator.forTest()
    let (journal, expected) = try settled(&random)
    for table in journal.tables {
      let path = "/root/acme/" + table
      let bytes = try #require(journal.disk.bytes(of: path))
      // Of so few records the rows have one page, and the keys the next.
      var altered = bytes
      for key in 0..<3 { altered[2 * 4096 + key * 12 + 8] = 0xFF }
      let check = Digest(of: Array(altered[2 * 4096..<3 * 4096 - 8])).description
      for index in 0..<8 {
        let digits = check.dropFirst(2 * index).prefix(2)
        altered[3 * 4096 - 8 + index] = try #require(UInt8(digits, radix: 16))
      }
      journal.disk.put(altered, at: path)
      let state = try journal.reader().state(Profile.self).state
      for number in 1...journal.started {
        for _ in 0..<2 {
          #expect(try state.session("s\(number)") == expected.session("s\(number)"))
        }
      }
      journal.disk.put(bytes, at: path)
    }
  }

  @Test("that is removed is made anew by the next compaction")
  func anew() throws {
    var random = SeededGenerator.forTest()
    // How many records the last compaction left in the state is chance.
    for _ in 0..<12 {
      let (journal, expected) = try settled(&random)
      for table in journal.tables { journal.disk.remove("/root/acme/" + table) }
      try journal.writer().compact()
      let state = try journal.reader().state(Profile.self)
      #expect(state.warnings.isEmpty)
      #expect(state.state.settledCount > 0)
      try expectSame(state.state, expected, sessions: journal.started)
    }
  }

  @Test("is no worse than none: a compactor may die at any call")
  func dying() throws {
    var random = SeededGenerator.forTest()
    var calls = 0
    while true {
      var (journal, expected) = try settled(&random)
      try journal.run(4, in: journal.writer(), &random)
      expected = try journal.reader().replay(Profile.self).state
      let files = MemoryFileSystem(on: journal.disk)
      let writer = try journal.writer(files)
      files.forgetLog()
      var isDead = false
      files.chooseFault = { [unowned files] _ in
        isDead = isDead || files.log.count > calls
        return isDead ? .error(.planned(.io)) : nil
      }
      _ = try? writer.compact()
      let state = try journal.reader().state(Profile.self).state
      try expectSame(state, expected, sessions: journal.started)
      try journal.writer().compact()
      #expect(!journal.files.contains { $0.hasSuffix(".tmp") })
      #expect(try journal.reader().verify(as: Profile.self).findings.isEmpty)
      if !isDead { break }
      calls += 1
    }
    #expect(calls > 20)
  }

  @Test("of a compactor that was overtaken by pruning goes with the next compaction")
  func pruned() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    journal.options.segmentLimit = 4000
    let writer = try journal.writer()
    try journal.run(40, in: writer, &random)
    try writer.compact()
    let late = try journal.tables.map { table in
      ("/root/acme/" + table, try #require(journal.disk.bytes(of: "/root/acme/" + table)))
    }
    #expect(!late.isEmpty)
    let compaction = try writer.compact(CompactionOptions(pruneBefore: .seq(30)))
    #expect(!compaction.pruned.isEmpty)
    for (path, bytes) in late { journal.disk.put(bytes, at: path) }
    // So many that none of them goes.
    try writer.compact(CompactionOptions(keep: 10))
    #expect(journal.tables.isEmpty, "\(journal.files)")
  }
}
