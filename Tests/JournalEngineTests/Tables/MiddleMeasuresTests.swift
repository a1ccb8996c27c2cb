import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("The middle of measures")
struct MiddleMeasuresTests {
  private static let none = MiddleMeasures(below: 0, values: [], above: 0)

  /// As it is by its definition.
  private func middle(of measures: [Int64]) -> MiddleMeasures {
    let sorted = measures.sorted()
    let half = MiddleMeasures.width / 2
    let kept = max(0, sorted.count / 2 - half)..<min(sorted.count, sorted.count / 2 + half)
    return MiddleMeasures(
      below: kept.lowerBound, values: Array(sorted[kept]), above: sorted.count - kept.upperBound)
  }

  private func median(of measures: [Int64]) -> Double? {
    let sorted = measures.sorted()
    guard let upper = sorted.dropFirst(sorted.count / 2).first else { return nil }
    if sorted.count % 2 == 1 { return Double(upper) }
    return (Double(sorted[sorted.count / 2 - 1]) + Double(upper)) / 2
  }

  private func column(_ values: [Int64]) -> SortedColumn<Int64> {
    SortedColumn(count: values.count) { values[$0] }
  }

  /// Measures of one of some kinds: spread, mostly the same, ever longer.
  private func measures(
    _ count: Int, _ kind: Int, after: Int, _ random: inout SeededGenerator
  ) -> [Int64] {
    (0..<count).map { number in
      switch kind {
      case 0: Int64(random.below(1 << 30))
      case 1: Int64(random.below(3))
      case 2: Int64(after + number)
      default: -Int64(after + number)
      }
    }
  }

  @Test("is kept as measures come, and tells their median wherever it tells one")
  func adding() async throws {
    try await Property.check("adding", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for kind in 0..<4 {
        var all: [Int64] = []
        var kept = Self.none
        var known = 0
        for _ in 0..<30 {
          let new = measures(random.below(400), kind, after: all.count, &random)
          let asked = kept.median(with: new)
          let expected = median(of: all + new)
          #expect(asked == nil || asked == expected)
          if asked == expected { known += 1 }
          all += new
          if let more = kept.adding(new) {
            #expect(more.isMiddle(of: all))
            #expect(more.values.count <= MiddleMeasures.width)
            #expect(more.median(with: []) == median(of: all))
            kept = more
          } else {
            #expect(kind >= 2, "what is like what was there is not lost")
            kept = middle(of: all)
          }
          #expect(kept.count == all.count)
        }
        #expect(known >= (kind < 2 ? 30 : 1))
      }
    }
  }

  @Test("is that of all columns together")
  func columns() async throws {
    try await Property.check("columns", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for round in 0..<60 {
        let columns = (0..<random.below(5)).map { _ in
          measures(random.below(600), round % 4, after: 0, &random).sorted()
        }
        let found = try #require(try MiddleMeasures(of: columns.map(column)))
        #expect(found == middle(of: columns.flatMap { $0 }))
        #expect(found.isMiddle(of: columns.flatMap { $0 }.shuffled(using: &random)))
      }
    }
  }

  @Test("is not made of columns that are out of order, whatever stands in them")
  func unordered() async throws {
    try await Property.check("unordered", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      for round in 0..<300 {
        let columns = (0..<1 + random.below(4)).map { _ in
          measures(random.below(700), round % 2, after: 0, &random)
        }
        // Where the disorder is not seen, the middle is as long as it should be all the same.
        if let found = try MiddleMeasures(of: columns.map(column)) {
          #expect(found.count == columns.reduce(0) { $0 + $1.count })
        }
      }
    }
  }

  @Test("is not that of other measures")
  func other() throws {
    var random = SeededGenerator(seed: 3)
    let all = measures(1000, 0, after: 0, &random)
    let right = middle(of: all)
    #expect(right.isMiddle(of: all))
    #expect(!right.isMiddle(of: all.dropFirst()))
    #expect(!right.isMiddle(of: all + [0]))
    #expect(!Self.none.isMiddle(of: [1]))
    #expect(Self.none.isMiddle(of: []))
    var values = right.values
    values[100] += 1
    #expect(
      !MiddleMeasures(below: right.below, values: values, above: right.above).isMiddle(of: all))
    for shift in [-1, 1] {
      let moved = MiddleMeasures(
        below: right.below + shift, values: right.values, above: right.above - shift)
      #expect(!moved.isMiddle(of: all))
    }
  }

  @Test("of the same values over and over is these")
  func same() throws {
    let all = [Int64](repeating: 7, count: 1000)
    let found = try #require(Self.none.adding(all)?.adding(all))
    #expect(
      found == MiddleMeasures(below: 872, values: Array(repeating: 7, count: 256), above: 872))
    #expect(found.median(with: []) == 7)
  }

  @Test("reads back from a snapshot as it was, and from nothing else")
  func coding() throws {
    for all: [Int64] in [[], [-4], Array(-300...400)] {
      let middle = middle(of: all)
      #expect(MiddleMeasures(middle.json) == middle)
    }
    for text in [
      "[]", "{}", #"{"below":0,"middle":[]}"#, #"{"below":-1,"middle":[1],"above":0}"#,
      #"{"below":0,"middle":[2,1],"above":0}"#, #"{"below":0,"middle":["1"],"above":0}"#,
      #"{"below":1,"middle":[],"above":0}"#, #"{"below":9e99,"middle":[1],"above":0}"#,
      #"{"below":9223372036854775807,"middle":[1],"above":0}"#,
    ] {
      #expect(try MiddleMeasures(JSON(parsing: Array(text.utf8))) == nil, "\(text)")
    }
  }
}
