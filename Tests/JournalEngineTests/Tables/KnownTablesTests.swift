import Testing

@testable import JournalEngine

@Suite("What was read of tables")
struct KnownTablesTests {
  private let tables: KnownTables

  init() throws {
    let names = try (0..<3).map { number in
      try #require(
        TableName(
          last: 100, projector: "discovery", version: 2, first: number * 1000, count: 1000))
    }
    tables = KnownTables(names)
  }

  private func page(_ number: UInt8) throws -> TablePage {
    var bytes = [UInt8](repeating: number, count: TableLayout.payload)
    let check = TableLayout.check(bytes)
    bytes += (0..<8).map { UInt8(truncatingIfNeeded: check >> (56 - 8 * $0)) }
    return try #require(TablePage(bytes))
  }

  @Test("is known for each table by itself")
  func separate() throws {
    tables.keep(TableLayout(rows: 7, measures: 3), of: 1)
    tables.keep(try page(5), 2, of: 1)
    #expect(tables.layout(of: 1) == TableLayout(rows: 7, measures: 3))
    #expect(tables.page(2, of: 1)?.payload.first == 5)
    for other in [0, 2] {
      #expect(tables.layout(of: other) == nil)
      #expect(tables.page(2, of: other) == nil)
    }
  }

  @Test("stays known of those that a later state has too")
  func later() throws {
    tables.keep(TableLayout(rows: 7, measures: 3), of: 1)
    tables.keep(try page(5), 2, of: 1)
    tables.keep(try page(6), 2, of: 2)
    let other = try #require(
      TableName(last: 100, projector: "discovery", version: 2, first: 0, count: 999))
    let later = KnownTables([other, tables.names[2], tables.names[1]], after: tables)
    #expect(later.layout(of: 2) == TableLayout(rows: 7, measures: 3))
    #expect(later.page(2, of: 2)?.payload.first == 5)
    #expect(later.page(2, of: 1)?.payload.first == 6)
    #expect(later.page(2, of: 0) == nil)
    #expect(later.keys === tables.keys)
    #expect(KnownTables(tables.names).keys !== tables.keys)
  }

  @Test("is so many pages at most, of whatever tables, the last one among them")
  func bounded() throws {
    let page = try page(1)
    for round in 0..<2 {
      for number in 0..<KnownTables.limit {
        for table in 0..<3 { tables.keep(page, number, of: table) }
      }
      let known = (0..<3).map { table in
        (0..<KnownTables.limit).count { tables.page($0, of: table) != nil }
      }
      #expect(known.reduce(0, +) == KnownTables.limit, "round \(round)")
      #expect(known.allSatisfy { $0 > KnownTables.limit / 6 }, "no table loses all: \(known)")
      #expect(tables.page(KnownTables.limit - 1, of: 2) != nil)
    }
  }
}
