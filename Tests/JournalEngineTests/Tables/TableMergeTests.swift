import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A merge of tables")
struct TableMergeTests {
  private let files = MemoryFileSystem()
  private let journal: JournalName

  init() throws { journal = try JournalName("acme") }

  private func records(_ count: Int, _ random: inout SeededGenerator) -> [SettledRecord] {
    (0..<count).map { number in
      let span = EntrySpan(
        first: LineStart(seq: Int64(number + 1), segment: 1, offset: Int64(random.below(1 << 30))),
        last: Int64(number + 1 + random.below(9)), check: random.next())
      return SettledRecord(
        id: random.text(8), span: span, label: UInt8(random.below(3)),
        measure: random.once(in: 3) ? nil : Int64(random.below(50)))
    }
  }

  private func name(_ records: [SettledRecord], _ range: Range<Int>) throws -> TableName {
    let last = records[range].map(\.span.last).max() ?? 0
    return try #require(
      TableName(
        last: last, projector: "p", version: 1, first: range.lowerBound, count: range.count))
  }

  /// Puts tables of these records on the disk.
  private func tables(_ records: [SettledRecord], ends: [Int]) throws -> [TableName] {
    try zip([0] + ends, ends).map { start, end in
      let name = try name(records, start..<end)
      files.disk.put(
        TableContents(records[start..<end]).encoded(name, of: journal), at: path(name))
      return name
    }
  }

  private func path(_ name: TableName) -> String { "/root/acme/" + name.file }

  private func merge(_ names: [TableName]) throws -> (header: TableHeader, bytes: [UInt8]) {
    let folder = try #require(try files.journalFolder("acme", in: "/root"))
    let merge = try TableMerge(names[...], of: journal, in: folder)
    var bytes: [UInt8] = []
    #expect(
      try merge.write { pages throws(JournalError) in
        bytes += pages
        return true
      })
    return (merge.header, bytes)
  }

  @Test("gives the bytes that one table of all their records has")
  func whole() async throws {
    try await Property.check("merge", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for count in [2, 3, 400, 6000] {
        let records = records(count, &random)
        let cuts = Set((0..<random.below(6)).map { _ in 1 + random.below(count - 1) })
        let names = try tables(records, ends: cuts.union([1, count]).sorted())
        let merged = try merge(names)
        #expect(merged.header.name == (try name(records, 0..<count)))
        #expect(
          merged.bytes == TableContents(records).encoded(merged.header.name, of: journal))
      }
    }
  }

  @Test("knows whether that one is there already")
  func isThere() throws {
    var random = SeededGenerator(seed: 2)
    let records = records(3000, &random)
    let names = try tables(records, ends: [1000, 3000])
    let folder = try #require(try files.journalFolder("acme", in: "/root"))
    let merge = try TableMerge(names[...], of: journal, in: folder)
    let path = path(merge.header.name)
    #expect(try !merge.isThere(in: folder))
    var bytes = TableContents(records).encoded(merge.header.name, of: journal)
    files.disk.put(bytes, at: path)
    #expect(try merge.isThere(in: folder))
    files.disk.put(bytes + [0], at: path)
    #expect(try !merge.isThere(in: folder))
    bytes[bytes.count - 1] ^= 1
    files.disk.put(bytes, at: path)
    #expect(try !merge.isThere(in: folder))
  }

  @Test("reads no more than it is asked for")
  func stops() throws {
    var random = SeededGenerator(seed: 4)
    let names = try tables(records(24_000, &random), ends: [12_000, 24_000])
    let folder = try #require(try files.journalFolder("acme", in: "/root"))
    let merge = try TableMerge(names[...], of: journal, in: folder)
    var taken = 0
    let before = files.reads.reduce(0) { $0 + $1.got }
    #expect(
      try !merge.write { pages throws(JournalError) in
        taken += pages.count
        return false
      })
    #expect(taken > 0)
    #expect(files.reads.reduce(0) { $0 + $1.got } - before < 4 * taken)
  }

  @Test("is not made of a table that is missing, altered, or another one's")
  func unusable() throws {
    var random = SeededGenerator(seed: 5)
    let names = try tables(records(2000, &random), ends: [800, 2000])
    let bytes = try #require(files.disk.bytes(of: path(names[1])))
    func expectRefused(_ other: [UInt8]?) throws {
      files.disk.remove(path(names[1]))
      if let other { files.disk.put(other, at: path(names[1])) }
      do {
        _ = try merge(names)
        Issue.record("merged")
      } catch {
        #expect((error as? JournalError)?.code == .tableUnusable)
        #expect((error as? JournalError)?.file == path(names[1]))
      }
    }
    try expectRefused(nil)
    try expectRefused(files.disk.bytes(of: path(names[0])))
    try expectRefused(Array(bytes.dropLast(4096)))
    for page in 0..<bytes.count / 4096 {
      var altered = bytes
      altered[page * 4096 + random.below(4096)] ^= 1
      try expectRefused(altered)
    }
  }
}
