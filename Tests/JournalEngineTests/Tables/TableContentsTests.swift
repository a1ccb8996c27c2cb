import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A table of records")
struct TableContentsTests {
  private func records(_ count: Int, _ random: inout SeededGenerator) -> [SettledRecord] {
    (0..<count).map { number in
      let span = EntrySpan(
        first: LineStart(
          seq: Int64(number * 2 + 1), segment: 1, offset: Int64(random.below(1 << 30))),
        last: Int64(number * 2 + 2), check: random.next())
      return SettledRecord(
        id: random.text(random.below(30)), span: span, label: UInt8(random.below(256)),
        measure: random.once(in: 3) ? nil : Int64(random.below(1000)))
    }
  }

  private func name(_ count: Int, from first: Int = 0) throws -> TableName {
    try #require(
      TableName(last: 9_000_000, projector: "p", version: 1, first: first, count: count))
  }

  /// What is read of bytes as a table's file.
  private func read(
    _ bytes: [UInt8], _ name: TableName, _ journal: JournalName
  ) throws -> (rows: [TableRow], keys: [TableKey], measures: [Int64]) {
    let files = MemoryFileSystem()
    files.disk.put(bytes, at: "/root/acme/" + name.file)
    let folder = try #require(try files.journalFolder("acme", in: "/root"))
    let table = try TableFile(name, of: journal, in: folder)
    func all<Field>(_ column: ColumnReader<Field>) throws -> [Field] {
      var (column, fields) = (column, [Field]())
      while let field = try column.read() { fields.append(field) }
      return fields
    }
    return try (all(table.rows), all(table.keys()), all(table.measures))
  }

  /// Whether that is told to be no table.
  private func isRefused(_ bytes: [UInt8], _ name: TableName, _ journal: JournalName) -> Bool {
    do {
      _ = try read(bytes, name, journal)
      return false
    } catch {
      return (error as? JournalError)?.code == .tableUnusable
    }
  }

  @Test("gives back what was put in, and nothing where any of it was altered")
  func roundTrip() async throws {
    try await Property.check("table", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try JournalName("acme")
      for count in [1, 2, 99, 100, 340, 341, 511, 512, 1200] {
        let records = records(count, &random)
        let contents = TableContents(records)
        let name = try name(count)
        let bytes = contents.encoded(name, of: journal)
        let found = try read(bytes, name, journal)
        #expect(found.rows == contents.rows)
        #expect(found.keys == contents.keys)
        #expect(found.measures == contents.measures)
        #expect(bytes.count % TableLayout.pageSize == 0)
        #expect(isRefused(bytes, try self.name(count, from: 1), journal))
        #expect(isRefused(bytes, name, try JournalName("other")))
        #expect(isRefused(bytes.dropLast(4096), name, journal))
        #expect(isRefused(bytes + bytes.suffix(4096), name, journal))
        var altered = bytes
        altered[random.below(bytes.count)] ^= 1 << random.below(8)
        #expect(isRefused(altered, name, journal))
      }
    }
  }

  /// Writes a page's check anew, as somebody would who alters it with care.
  private func recheck(_ bytes: inout [UInt8], page: Int) {
    let start = page * TableLayout.pageSize
    let check = TableLayout.check(bytes[start..<start + TableLayout.payload])
    for index in 0..<8 {
      bytes[start + TableLayout.payload + index] =
        UInt8(truncatingIfNeeded: check >> UInt64(56 - 8 * index))
    }
  }

  @Test("is refused where a key names a record that it does not hold")
  func strangeKey() throws {
    var random = SeededGenerator(seed: 1)
    let journal = try JournalName("acme")
    var bytes = TableContents(records(3, &random)).encoded(try name(3), of: journal)
    for index in 8..<12 { bytes[2 * TableLayout.pageSize + index] = 0xFF }
    recheck(&bytes, page: 2)
    #expect(isRefused(bytes, try name(3), journal))
  }

  @Test("is refused where its numbers of records and measures cannot be")
  func strangeHeader() throws {
    let journal = try JournalName("acme")
    for (records, measures) in [(-5, 0), (3, -1), (3, 4), (0, 0)] {
      let header: JSONObject = [
        "table": 1, "journal": "acme", "format": 1, "projector": "p", "version": 1,
        "seq": 9_000_000, "first": 0, "records": .number(JSONNumber(records)),
        "measures": .number(JSONNumber(measures)),
      ]
      var bytes = header.bytes + [UInt8(ascii: "\n")]
      bytes += [UInt8](repeating: UInt8(ascii: " "), count: TableLayout.pageSize - bytes.count)
      recheck(&bytes, page: 0)
      #expect(isRefused(bytes, try name(3), journal))
    }
  }

  @Test("is laid out as the format says")
  func layout() throws {
    let span = EntrySpan(
      first: LineStart(seq: 2, segment: 1, offset: 258), last: 3, check: 0x0102_0304_0506_0708)
    let contents = TableContents([SettledRecord(id: "s1", span: span, label: 2, measure: 7)])
    let name = try #require(
      TableName(last: 3, projector: "p", version: 4, first: 5, count: 1))
    #expect(name.file == "00000000000000000003.p-4.5-1.table")
    #expect(TableName(file: name.file) == name)
    let bytes = contents.encoded(name, of: try JournalName("acme"))
    let header =
      #"{"table":1,"journal":"acme","format":1,"projector":"p","version":4,"seq":3,"#
      + #""first":5,"records":1,"measures":1}"# + "\n"
    #expect(bytes.starts(with: Array(header.utf8)))
    #expect(bytes.count == 4 * 4096)
    let row: [UInt8] =
      [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2]
      + [0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 2]
    #expect(Array(bytes[4096..<4096 + 41]) == row)
    let id = SHA256.digest(of: Array("s1".utf8)).description
    #expect(Hex.text(bytes[8192..<8200]) == id.prefix(16))
    #expect(Array(bytes[8200..<8204]) == [0, 0, 0, 0])
    #expect(Array(bytes[12288..<12296]) == [0, 0, 0, 0, 0, 0, 0, 7])
    for page in stride(from: 0, to: bytes.count, by: 4096) {
      let sum = SHA256.digest(of: Array(bytes[page..<page + 4088])).description
      #expect(Hex.text(bytes[page + 4088..<page + 4096]) == sum.prefix(16))
    }
  }
}

extension Hex {
  fileprivate static func text(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
