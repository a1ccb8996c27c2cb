import JournalEngine
import JournalTestSupport
import Testing

@Suite("The idempotency keys that a snapshot remembers")
struct SnapshotKeysTests {
  private let journal: TestJournal
  private var options = WriteOptions(
    durability: .none, segmentLimit: 2000, snapshots: .never)

  init() throws {
    journal = try TestJournal()
    options.tableTiers.smallest = 4
  }

  /// Appends under so many keys, and compacts.
  private func fill(_ numbers: ClosedRange<Int>) throws {
    let writer = try journal.writer(options: options)
    for number in numbers {
      try writer.append(Tally.Event("a \(number)"), Tally.Event("b"), id: "key \(number)")
    }
    try writer.compact()
    try writer.close()
  }

  private var newest: String {
    get throws {
      try #require(journal.disk.paths.last { $0.hasSuffix(".snapshot.json") })
    }
  }

  private func findings() throws -> [Finding] {
    try journal.reader().verify(as: Tally.self).findings
  }

  /// How they can be others than the entries give, and how those of their lines can.
  private static let changes: [@Sendable (inout [JSON], inout [JSON]) -> Void] = [
    { keys, lines in (keys, lines) = (keys.dropLast(), lines.dropLast()) },
    { keys, lines in (keys, lines) = (Array(keys.dropFirst()), Array(lines.dropFirst())) },
    { keys, lines in
      keys.append(["another", 2, 3, "tally.added", .null])
      lines.append([1, 0, "00000000000000aa"])
    },
    { keys, _ in keys[0] = changed(keys[0], 0, "another") },
    { keys, _ in keys[0] = changed(keys[0], 1, 1) },
    { keys, _ in keys[0] = changed(keys[0], 2, 99) },
    { keys, _ in keys[0] = changed(keys[0], 3, "another.type") },
    { keys, _ in keys[0] = changed(keys[0], 4, "a subject") },
    { keys, _ in keys.swapAt(0, 1) },
    { _, lines in lines[0] = changed(lines[0], 0, 7) },
    { _, lines in lines[0] = changed(lines[0], 1, 7) },
    { _, lines in lines[0] = changed(lines[0], 2, "00000000000000aa") },
  ]

  private static func changed(_ element: JSON, _ place: Int, _ value: JSON) -> JSON {
    var fields = element.array ?? []
    fields[place] = value
    return .array(fields)
  }

  /// Changes them in the newest snapshot in each way.
  private func tamper(_ member: String, _ look: (Int, String) throws -> Void) throws {
    let path = try newest
    let bytes = try #require(journal.disk.bytes(of: path))
    for (number, change) in Self.changes.enumerated() {
      try journal.disk.changeSnapshot(at: path) { object in
        var keys = try #require(object[member]?.array)
        var lines = try #require(object["id_lines"]?.array)
        change(&keys, &lines)
        object[member] = .array(keys)
        object["id_lines"] = .array(lines)
      }
      try look(number, path)
      journal.disk.put(bytes, at: path)
    }
  }

  private func expectTold() throws -> (Int, String) throws -> Void {
    { number, path in
      let found = try findings()
      #expect(found.map(\.kind) == [.snapshotDiffers], "change \(number)")
      #expect(found.map(\.file) == [path], "change \(number)")
    }
  }

  @Test("are held against the entries by a verification")
  func whole() throws {
    try fill(1...3)
    #expect(try findings().isEmpty)
    try tamper("ids", expectTold())
  }

  @Test("and so are those that it does not leave to tables, and how many these are")
  func settled() throws {
    try fill(1...5)
    try fill(6...8)
    #expect(try findings().isEmpty)
    try tamper("newest_ids", expectTold())
    for count in [4, 6] {
      let path = try newest
      let bytes = try #require(journal.disk.bytes(of: path))
      try journal.disk.changeSnapshot(at: path) {
        #expect($0["earlier_ids"] == 5)
        $0["earlier_ids"] = .number(JSONNumber(count))
      }
      #expect(try findings().contains { $0.kind == .snapshotDiffers && $0.file == path })
      journal.disk.put(bytes, at: path)
    }
  }

  @Test("are held against those of the oldest snapshot where history was dropped")
  func pruned() throws {
    try fill(1...12)
    try fill(13...14)
    let writer = try journal.writer(options: options)
    #expect(try !writer.compact(CompactionOptions(pruneBefore: .head)).pruned.isEmpty)
    try writer.append(Tally.Event("c"), id: "key 15")
    try writer.compact()
    try writer.close()
    #expect(try findings().isEmpty)
    try tamper("ids", expectTold())
  }

  @Test("of an earlier version, which tells less of them, are too")
  func earlierVersion() throws {
    try fill(1...3)
    let path = try newest
    try journal.disk.changeSnapshot(at: path) { object in
      object["id_lines"] = nil
      object["earlier_ids"] = nil
    }
    #expect(try findings().isEmpty)
    try journal.disk.changeSnapshot(at: path) { object in
      object["ids"] = .array(Array((object["ids"]?.array ?? []).dropFirst()))
    }
    #expect(try findings().map(\.kind) == [.snapshotDiffers])
  }

  @Test("are as they should be where another program used one twice")
  func repeatedByOthers() throws {
    var run = self
    run.options.segmentLimit = 1 << 20
    try run.fill(1...5)
    let head = try journal.reader().head()
    let line = RawLines.line(
      seq: head.seq + 1, prev: head.hash, id: "key 3", data: #"{"tag":"foreign"}"#,
      time: journal.clock.now())
    journal.disk.append(line + [UInt8(ascii: "\n")], to: journal.path())
    try run.fill(6...7)
    let bytes = try #require(journal.disk.bytes(of: newest))
    let keys = try JSON(parsing: bytes).object?["newest_ids"]?.array
    // What stands in a table is not looked at for each line.
    #expect(keys?.map { $0.array?.first } == ["key 3", "key 6", "key 7"])
    #expect(try findings().isEmpty)
    try journal.disk.changeSnapshot(at: newest) { object in
      object["newest_ids"] = .array(keys?.dropLast() ?? [])
      object["id_lines"] = .array(object["id_lines"]?.array?.dropLast() ?? [])
    }
    #expect(try findings().map(\.kind) == [.snapshotDiffers])
  }

  @Test("have to be those of the entries for history to be dropped")
  func refused() throws {
    // Only a snapshot that leaves nothing to tables stands for what is dropped.
    var run = self
    run.options.tableTiers.smallest = 1000
    try run.fill(1...3)
    let path = try newest
    try journal.disk.changeSnapshot(at: path) { object in
      object["ids"] = .array((object["ids"]?.array ?? []).dropLast())
      object["id_lines"] = .array((object["id_lines"]?.array ?? []).dropLast())
    }
    let writer = try journal.writer(options: run.options)
    for number in 0..<20 { try writer.append(Tally.Event("\(number)")) }
    let error = #expect(throws: JournalError.self) {
      try writer.compact(CompactionOptions(pruneBefore: .head))
    }
    #expect(error?.code == .snapshotDiffers)
    #expect(try journal.entries().first?.seq == 1)
  }
}
