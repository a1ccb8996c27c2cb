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
          let element = try SortedColumns.element(place, of: read)
          #expect(element == sorted[place])
        }
      }
    }
  }

  @Test("of any size and likeness give it too, and are looked into a few times only")
  func looks() async throws {
    try await Property.check("looks", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for _ in 0..<40 {
        let kind = random.below(4)
        let columns = (0..<1 + random.below(6)).map { number in
          (0..<random.below(20_000)).map { _ -> Int64 in
            switch kind {
            case 0: 0
            case 1: Int64(random.below(1 << 30))
            case 2: Int64(random.pick([0, 0, random.below(1 << 30)]))
            // Each in a range of its own.
            default: Int64(number << 30 + random.below(1 << 30))
            }
          }.sorted()
        }
        let sorted = columns.flatMap { $0 }.sorted()
        guard !sorted.isEmpty else { continue }
        var places: Set<[Int]> = []
        let read = columns.enumerated().map { number, values in
          SortedColumn<Int64>(count: values.count) {
            places.insert([number, $0 / 511])
            return values[$0]
          }
        }
        for place in [0, sorted.count / 2, sorted.count - 1, random.below(sorted.count)] {
          places = []
          let element = try SortedColumns.element(place, of: read)
          try Violation.unless(
            element == sorted[place], "\(place) of \(sorted.count), kind \(kind)")
          let most = columns.count * (kind == 0 ? 1 : kind == 1 ? 5 : 10)
          try Violation.unless(
            places.count <= most, "\(places.count) of \(columns.count) columns, kind \(kind)")
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
