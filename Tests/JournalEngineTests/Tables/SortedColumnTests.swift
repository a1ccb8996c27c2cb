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

  @Test("of any size and likeness give it too")
  func sizes() async throws {
    try await Property.check("sizes", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for _ in 0..<40 { _ = try look(&random) }
    }
  }

  // What is looked at hangs on the values: so these are the same each time.
  @Test("are looked into a few times only")
  func looks() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<40 {
      for look in try look(&random) {
        let most = look.columns * (look.kind == 0 ? 1 : look.kind == 1 ? 5 : 10)
        #expect(look.pages <= most, "\(look)")
      }
    }
  }

  private struct Look {
    let kind: Int
    let columns: Int
    let pages: Int
  }

  /// Looks up a few elements of columns of some kind, and counts the pages that are seen for each.
  private func look(_ random: inout SeededGenerator) throws -> [Look] {
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
    guard !sorted.isEmpty else { return [] }
    var pages: Set<[Int]> = []
    let read = columns.enumerated().map { number, values in
      SortedColumn<Int64>(count: values.count) {
        pages.insert([number, $0 / 511])
        return values[$0]
      }
    }
    var looks: [Look] = []
    for place in [0, sorted.count / 2, sorted.count - 1, random.below(sorted.count)] {
      pages = []
      let element = try SortedColumns.element(place, of: read)
      try Violation.unless(element == sorted[place], "\(place) of \(sorted.count), kind \(kind)")
      looks.append(Look(kind: kind, columns: columns.count, pages: pages.count))
    }
    return looks
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
