import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("Columns in order")
struct SortedColumnTests {
  @Test("give the element that sorting all of them into one would give")
  func element() async throws {
    try await Property.check("columns", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for _ in 0..<300 {
        let columns = (0..<random.below(6)).map { _ in
          (0..<random.below(40)).map { _ in Int64(random.below(25)) }.sorted()
        }
        let sorted = columns.flatMap { $0 }.sorted()
        let read = columns.map { values in
          SortedColumn<Int64>(count: values.count) { values[$0] }
        }
        for place in sorted.indices {
          let element = try SettledRecords.element(place, of: read)
          #expect(element == sorted[place])
        }
      }
    }
  }

  @Test("are searched from a guess as from end to end")
  func search() async throws {
    try await Property.check("search", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for _ in 0..<200 {
        // Evenly spread, or all at one end.
        let shift = random.pick([0, 0, 0, 60])
        let hashes = (0..<random.below(600)).map { _ in random.next() >> UInt64(shift) }.sorted()
        let column = SortedColumn<UInt64>(count: hashes.count) { hashes[$0] }
        for wanted in [0, .max, random.next()] + hashes.prefix(20) {
          let found = try column.lowerBound(near: wanted) { $0 < wanted }
          #expect(found == hashes.firstIndex { $0 >= wanted } ?? hashes.count)
        }
      }
    }
  }
}
