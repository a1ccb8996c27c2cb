import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("The tiers of tables")
struct TableTiersTests {
  private func table(_ range: Range<Int>, last: Int64? = nil) throws -> TableName {
    try #require(
      TableName(
        last: last ?? Int64(range.upperBound), projector: "p", version: 1,
        first: range.lowerBound, count: range.count))
  }

  @Test("keep the tables few, each record written a few times, and no table too large")
  func growth() async throws {
    try await Property.check("tiers", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      let tiers = TableTiers()
      // A compaction takes out about so many records.
      let sizes = [
        256..<2256, 256..<5256, 3000..<5500, 3900..<4100, 1000..<16_000, 18_000..<94_000,
      ]
      for size in sizes {
        var cover: [TableName] = []
        var written = 0
        while cover.last?.end ?? 0 < 3_000_000 {
          let start = cover.last?.end ?? 0
          let records = size.lowerBound + random.below(size.count)
          cover.append(try table(start..<start + records))
          written += cover.last?.count ?? 0
          while let run = tiers.merge(cover) {
            let merged = try table(cover[run.lowerBound].first..<cover[run.upperBound - 1].end)
            written += merged.count
            cover.replaceSubrange(run, with: [merged])
          }
          #expect(cover.count < 3 * tiers.run + start / tiers.large + 1)
        }
        #expect(cover.allSatisfy { $0.count < 2 * tiers.large })
        #expect(written <= 4 * 3_100_000, "\(size)")
      }
    }
  }

  @Test("take in tables that were left alone when larger ones were not made, some at a time")
  func former() throws {
    let tiers = TableTiers()
    var cover = try (0..<40).map { try table($0 * 90_000..<($0 + 1) * 90_000) }
    var merges = 0
    while let run = tiers.merge(cover) {
      #expect(run.count == 12)
      let merged = try table(cover[run.lowerBound].first..<cover[run.upperBound - 1].end)
      cover.replaceSubrange(run, with: [merged])
      merges += 1
    }
    #expect(merges == 3)
    #expect(
      cover.map(\.count) == [1_080_000, 1_080_000, 1_080_000, 90_000, 90_000, 90_000, 90_000])
  }

  @Test("are put together from the fewest tables that hold just so many records")
  func cover() throws {
    let tables = try [
      table(0..<300), table(0..<400), table(300..<600), table(600..<700),
      table(300..<700, last: 900),
      table(400..<650),
    ]
    func cover(_ count: Int, last: Int64 = .max) -> [Range<Int>]? {
      TableCover.exact(tables, count: count, last: last)?.map { $0.first..<$0.end }
    }
    #expect(cover(0) == [])
    #expect(cover(400) == [0..<400])
    #expect(cover(600) == [0..<300, 300..<600])
    #expect(cover(700) == [0..<300, 300..<700])
    #expect(cover(700, last: 899) == [0..<300, 300..<600, 600..<700])
    #expect(cover(650) == [0..<400, 400..<650])
    #expect(cover(500) == nil)
    #expect(cover(1000) == nil)
  }
}
