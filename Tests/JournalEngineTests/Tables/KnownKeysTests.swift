import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("What is known of keys")
struct KnownKeysTests {
  private let known = KnownKeys(from: 0)

  private func tables(_ counts: Int...) throws -> [TableName] {
    var first = 0
    return try counts.map { count in
      defer { first += count }
      return try #require(
        TableName(last: 9, projector: "discovery", version: 2, first: first, count: count))
    }
  }

  private static func hash(_ number: UInt64) -> UInt64 { number &* 0x9E37_79B9_7F4A_7C15 }

  private func keys(_ hashes: ClosedRange<UInt64>) -> [TableKey] {
    hashes.enumerated().map { TableKey(hash: Self.hash($1), row: UInt32($0)) }
  }

  @Test("is nothing for one look, and a table more with each of the next")
  func oneByOne() throws {
    let tables = try tables(3, 2)
    #expect(known.beginReading(tables) == nil)
    #expect(known.records(with: Self.hash(7), in: tables) == [0..<5])
    #expect(known.beginReading(tables) == 0)
    known.endReading(tables[0], keys(1...3))
    #expect(known.records(with: Self.hash(7), in: tables) == [3..<5])
    #expect(known.records(with: Self.hash(2), in: tables) == [0..<3, 3..<5])
    #expect(known.beginReading(tables) == 1)
    known.endReading(tables[1], keys(4...5))
    #expect(known.records(with: Self.hash(7), in: tables) == [])
    #expect(known.records(with: Self.hash(5), in: tables) == [0..<5])
    #expect(known.beginReading(tables) == nil)
  }

  @Test("is read by one at a time")
  func oneReader() throws {
    let tables = try tables(3, 2)
    _ = known.beginReading(tables)
    #expect(known.beginReading(tables) == 0)
    #expect(known.beginReading(tables) == nil)
    known.endReading(tables[0], keys(1...3))
    #expect(known.beginReading(tables) == 1)
  }

  @Test("holds for tables that were merged since, whose new part is read")
  func merged() throws {
    let former = try tables(3, 2)
    _ = known.beginReading(former)
    _ = known.beginReading(former)
    known.endReading(former[0], keys(1...3))
    let merged = try tables(7)
    #expect(known.records(with: Self.hash(2), in: merged) == [0..<3, 3..<7])
    #expect(known.beginReading(merged) == 0)
    known.endReading(merged[0], keys(1...7))
    #expect(known.records(with: Self.hash(9), in: merged) == [])
    #expect(known.records(with: Self.hash(7), in: merged) == [0..<7])
  }

  @Test("stays as it was where a table cannot be read, which is not tried again soon")
  func unreadable() throws {
    let tables = try tables(3)
    _ = known.beginReading(tables)
    #expect(known.beginReading(tables) == 0)
    known.endReading(tables[0], nil)
    #expect(known.records(with: Self.hash(7), in: tables) == [0..<3])
    #expect((0..<1000).allSatisfy { _ in known.beginReading(tables) == nil })
    #expect(known.beginReading(tables) == 0)
  }
}
