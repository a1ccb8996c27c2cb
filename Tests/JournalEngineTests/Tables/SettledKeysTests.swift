import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("Idempotency keys in tables")
struct SettledKeysTests {
  private let journal: TestJournal
  private var options = WriteOptions(durability: .none, snapshots: .never)

  init() throws {
    journal = try TestJournal()
    options.tableTiers.smallest = 3
    options.tableTiers.run = 3
    options.tableTiers.large = 40
  }

  private func writer(_ files: MemoryFileSystem? = nil) throws -> JournalWriter<Tally> {
    try journal.writer(on: files, options: options)
  }

  private var files: [String] {
    journal.disk.paths.map { String($0.dropFirst(journal.folder.utf8.count + 1)) }
  }

  private var tables: [String] { files.filter { $0.hasSuffix(".table") } }

  /// Appends under some keys and compacts, some at a time.
  private func fill(_ keys: [String], in writer: JournalWriter<Tally>, each: Int = 5) throws {
    for (place, key) in keys.enumerated() {
      if place > 0, place % each == 0 { try writer.compact() }
      try writer.append(Tally.Event("a \(key)"), Tally.Event("b \(key)"), id: key)
    }
    try writer.compact()
  }

  /// Checks that each key is known, and what stands on it.
  private func expectKnown(_ keys: [String], to writer: JournalWriter<Tally>) throws {
    let tags = try journal.tally().tags
    for key in keys {
      let receipt = try writer.append(Tally.Event("again"), id: key)
      #expect(receipt.isRepeated, "\(key)")
      let seqs = try #require(receipt.seqs)
      #expect(seqs.count == 2 && receipt.type == Tally.type)
      let entry = try #require(try journal.entries().first { $0.id == key })
      #expect(entry.seq == seqs.upperBound)
    }
    #expect(try journal.tally().tags == tags)
  }

  private func keys(_ range: ClosedRange<Int>) -> [String] { range.map { "key \($0)" } }

  @Test("are known to the handle that settled them, to later ones, and to those that replay")
  func known() throws {
    let writer = try writer()
    try fill(keys(1...33), in: writer)
    #expect(tables.count > 3)
    #expect(writer.fold.keys.settledCount == 33)
    try expectKnown(keys(1...33), to: writer)
    try expectKnown(keys(1...33), to: self.writer())
    #expect(try !writer.append(Tally.Event("c"), id: "key 34").isRepeated)
    #expect(try writer.append(Tally.Event("c"), id: "key 34").isRepeated)
    #expect(try self.writer().append(Tally.Event("c"), id: "key 34").isRepeated)
    for file in files where !file.hasSuffix(".ndjson") {
      journal.disk.remove(journal.folder + "/" + file)
    }
    try expectKnown(keys(1...33), to: self.writer())
  }

  @Test("of a projection that has no snapshots stay in memory")
  func noSnapshots() throws {
    let writer = try journal.writer(Ledger.self, options: options)
    for key in keys(1...9) { try writer.append(.deposited(cents: 1), id: key) }
    try writer.compact()
    #expect(tables.isEmpty)
    for key in keys(1...9) {
      #expect(try writer.append(.deposited(cents: 1), id: key).isRepeated)
    }
    #expect(writer.state.balance == 9)
  }

  @Test("leave a snapshot as small as it was")
  func small() throws {
    let writer = try writer()
    try fill(keys(1...10), in: writer)
    let newest = try #require(files.last { $0.hasSuffix(".snapshot.json") })
    let bytes = try #require(journal.disk.bytes(of: journal.folder + "/" + newest))
    let object = try #require(try JSON(parsing: bytes).object)
    #expect(object["earlier_ids"] == 10)
    #expect(object["newest_ids"] == [])
    // A program that knows no such tables must not take these for all.
    #expect(object["ids"] == nil)
  }

  @Test("are found whatever is done, and in what order")
  func anyOrder() async throws {
    try await Property.check("keys", rounds: 2) { seed in
      var random = SeededGenerator(seed: seed)
      let run = try SettledKeysTests()
      var writers = [try run.writer(), try run.writer()]
      var used: [String: ClosedRange<Int64>] = [:]
      for step in 0..<300 {
        let place = random.below(2)
        switch random.below(12) {
        case 0 where !used.isEmpty: try writers[place].compact()
        case 1: writers[place] = try run.writer()
        default:
          let key = "k\(random.below(80))"
          let receipt = try writers[place].append(Tally.Event("\(step)"), id: key)
          #expect(receipt.isRepeated == (used[key] != nil), "\(step) \(key)")
          if let known = used[key] {
            #expect(receipt.seqs == known)
          } else {
            used[key] = receipt.seqs
          }
        }
      }
      for writer in writers { try writer.compact() }
      #expect(try run.journal.reader().verify(as: Tally.self).findings.isEmpty)
      #expect(used.count > 40)
      #expect(run.files.filter { $0.hasSuffix(".tmp") }.isEmpty)
    }
  }

  @Test("are known where a table is altered, cut short or missing, and a verification names it")
  func badTables() throws {
    try fill(keys(1...9), in: writer(), each: 3)
    var random = SeededGenerator(seed: 9)
    for table in tables {
      let path = journal.folder + "/" + table
      let bytes = try #require(journal.disk.bytes(of: path))
      for place in stride(from: random.below(499), to: bytes.count, by: 499) {
        var altered = bytes
        altered[place] ^= 1 << random.below(8)
        journal.disk.put(altered, at: path)
        try expectKnown(keys(1...9), to: writer())
      }
      let found = try journal.reader().verify(as: Tally.self).findings
      #expect(found.map(\.kind) == [.badTable])
      #expect(found.map(\.file) == [path])
      for count in [0, 4096, bytes.count - 1] {
        journal.disk.put(Array(bytes.prefix(count)), at: path)
        try expectKnown(keys(1...9), to: writer())
      }
      let open = try writer()
      journal.disk.remove(path)
      try expectKnown(keys(1...9), to: open)
      try expectKnown(keys(1...9), to: writer())
      journal.disk.put(bytes, at: path)
    }
  }

  @Test("are known after history was dropped")
  func pruned() throws {
    var run = self
    run.options.segmentLimit = 2000
    let writer = try run.writer()
    try run.fill(keys(1...20), in: writer)
    let known = try journal.entries().compactMap { entry in entry.id.map { ($0, entry.seq) } }
    let other = try run.writer()
    let done = try writer.compact(CompactionOptions(pruneBefore: .seq(30)))
    #expect(!done.pruned.isEmpty)
    for writer in [writer, other, try run.writer()] {
      for (key, seq) in known {
        let receipt = try writer.append(Tally.Event("again"), id: key)
        #expect(receipt.isRepeated && receipt.seqs?.upperBound == seq, "\(key)")
      }
    }
    try writer.compact()
    #expect(tables.isEmpty)
  }

  @Test("that a repair gave up are free, and those used instead are known")
  func repaired() throws {
    let writer = try writer()
    try fill(keys(1...6), in: writer, each: 3)
    try fill(keys(7...9), in: writer)
    try writer.close()
    // An entry of the fifth is altered, which was vouched for.
    let entry = try #require(try journal.entries().first { $0.id == "key 5" })
    var bytes = journal.bytes()
    bytes[Int(entry.place.offset) + entry.place.length - 3] ^= 1
    journal.disk.put(bytes, at: journal.path())
    let plan = try #require(try JournalRepair(journal.reader()).apply())
    let after = try self.writer()
    try expectKnown(keys(1...4), to: after)
    try fill(["new 1", "new 2", "new 3"], in: after, each: 1)
    for writer in [after, try self.writer()] {
      try expectKnown(keys(1...4) + ["new 1", "new 2", "new 3"], to: writer)
    }
    #expect(try !self.writer().append(Tally.Event("x"), id: "key 6").isRepeated)
    let findings = try journal.reader().verify(as: Tally.self).findings
    #expect(findings.allSatisfy { $0.kind == .givenUp }, "\(findings)")
    let left = tables.compactMap { TableName(file: $0)?.last }
    #expect(left.count == tables.count && left.allSatisfy { $0 <= plan.from.seq || $0 > plan.seq })
  }

  @Test("of an earlier version's snapshot are read once from the journal, and go to tables then")
  func earlierVersion() throws {
    let open = try writer()
    var whole = options
    whole.tableTiers.smallest = 1000
    try fill(keys(1...9), in: journal.writer(options: whole))
    let path = try #require(journal.disk.paths.last { $0.hasSuffix(".snapshot.json") })
    try journal.disk.changeSnapshot(at: path) { object in
      #expect(object["ids"]?.array?.count == 9)
      object["id_lines"] = nil
      object["earlier_ids"] = nil
    }
    let reader = try journal.reader().state(Tally.self)
    #expect(reader.start.seq > 0 && reader.warnings.isEmpty)
    let later = try self.writer()
    #expect(later.snapshotWarnings.isEmpty)
    try fill(keys(10...14), in: later)
    #expect(later.fold.keys.settledCount == 14)
    for writer in [later, try self.writer(), open] { try expectKnown(keys(1...14), to: writer) }
    #expect(try journal.reader().verify(as: Tally.self).findings.isEmpty)
  }

  @Test("that another program used twice have one number, whoever counts")
  func repeatedByOthers() throws {
    let one = try writer()
    for key in keys(0...9) { try one.append(Tally.Event("a"), id: key) }
    let two = try writer()
    try one.compact()
    // Another program appends a line under a key that was used.
    let head = one.head
    let line = RawLines.line(
      seq: head.seq + 1, prev: head.hash, id: "key 3", data: #"{"tag":"foreign"}"#,
      time: journal.clock.now())
    journal.disk.append(line + [UInt8(ascii: "\n")], to: journal.path())
    for (writer, keys) in [(one, keys(10...13)), (two, keys(14...17)), (one, keys(18...21))] {
      for key in keys { try writer.append(Tally.Event("b"), id: key) }
      try writer.compact()
    }
    #expect(one.fold.keys.end == 22)
    for writer in [one, two, try self.writer()] {
      for key in keys(0...21) {
        #expect(try writer.append(Tally.Event("again"), id: key).isRepeated, "\(key)")
      }
      #expect(try writer.append(Tally.Event("again"), id: "key 3").seqs == 5...5)
    }
    #expect(try journal.reader().verify(as: Tally.self).findings.isEmpty)
  }

  @Test("are no reader's business: one reads from the newest snapshot without their tables")
  func readers() throws {
    try fill(keys(1...9), in: writer())
    for table in tables where table.contains("+ids") {
      journal.disk.remove(journal.folder + "/" + table)
    }
    let state = try journal.reader().state(Tally.self)
    #expect(state.start == state.head && state.warnings.isEmpty)
    try expectKnown(keys(1...9), to: writer())
  }

  @Test("cannot be looked up where the disk fails: the call fails, and nothing is recorded")
  func failingDisk() throws {
    try fill(keys(1...9), in: writer())
    let files = MemoryFileSystem(on: journal.disk)
    let writer = try writer(files)
    let before = journal.bytes()
    files.chooseFault = { operation in
      operation.kind == .read && operation.path.hasSuffix(".table") ? .error(.planned(.io)) : nil
    }
    for key in ["key 3", "new"] {
      #expect(throws: JournalError.self) { try writer.append(Tally.Event("x"), id: key) }
    }
    #expect(journal.bytes() == before)
    files.chooseFault = nil
    #expect(try writer.append(Tally.Event("x"), id: "key 3").isRepeated)
    #expect(try !writer.append(Tally.Event("x"), id: "new").isRepeated)
  }

  @Test("are held against the tables that are left, wherever these begin")
  func collection() throws {
    let writer = try writer()
    for key in keys(1...6) { try writer.append(Tally.Event("a"), Tally.Event("b"), id: key) }
    let name = try #require(
      TableName(
        last: 11, projector: TableKind.keys(of: Tally.self).projector, version: 1, first: 3,
        count: 2))
    #expect(name.file == "00000000000000000011.tally+ids-1.3-2.table")
    #expect(TableName(file: name.file) == name)
    var visitor = Collecting(keys: KeyCollection([name]))
    try journal.reader().walk().advance(&visitor)
    let records = try #require(visitor.keys.records(of: name))
    #expect(records.map(\.id) == ["key 4", "key 5"])
    #expect(records.map(\.span.first.seq) == [8, 10] && records.map(\.span.last) == [9, 11])
  }

  private struct Collecting: LineVisitor {
    var keys: KeyCollection

    mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
      unsafe keys.take(line)
      return true
    }
  }

  @Test("are forgotten when so many came after them, in a table as well")
  func forgotten() throws {
    let writer = try writer()
    try fill(keys(1...9), in: writer)
    let tables = try #require(writer.fold.keys.settled)
    var few = IdempotencyKeys(limit: 4)
    few.settle(tables, through: writer.head.seq)
    let known = try keys(1...9).filter { try few.record(of: $0, Tally.self) != nil }
    #expect(known == keys(6...9))
    few.remember(
      "new", IdempotencyKeys.Record(first: 90, last: 90, type: "t", subject: nil))
    #expect(try few.record(of: "key 6", Tally.self) == nil)
    #expect(try few.record(of: "key 7", Tally.self)?.last == 15)
    #expect(try few.record(of: "new", Tally.self)?.last == 90)
  }

  @Test("count by their numbers, whether they stand in tables or not")
  func window() throws {
    var keys = IdempotencyKeys(limit: 4)
    func record(_ seq: Int64) -> IdempotencyKeys.Record {
      IdempotencyKeys.Record(
        first: seq, last: seq, type: "t", subject: nil,
        line: IdempotencyKeys.Line(segment: 1, offset: seq * 100, check: UInt64(seq)))
    }
    for seq in 1...3 { keys.remember("k\(seq)", record(Int64(seq))) }
    #expect((keys.first, keys.end, keys.oldest) == (0, 3, 0))
    #expect(keys.unsettled.map(\.id) == ["k1", "k2", "k3"])
    keys.settle(SettledRecords(count: 2), through: 2)
    #expect((keys.first, keys.end, keys.oldest, keys.settledCount) == (2, 3, 0, 2))
    #expect(keys["k1"] == nil && keys["k3"] != nil)
    for seq in 4...9 { keys.remember("k\(seq)", record(Int64(seq))) }
    #expect((keys.first, keys.end, keys.oldest) == (5, 9, 5))
    #expect(keys["k5"] == nil)
    #expect(keys.newest?.id == "k9")
    #expect(keys.unsettled.map(\.id) == ["k6", "k7", "k8", "k9"])
    keys.settle(SettledRecords(count: 9), through: 9)
    #expect(keys.unsettled.isEmpty && keys.newest == nil)
    #expect((keys.first, keys.end, keys.oldest) == (9, 9, 5))
  }
}
