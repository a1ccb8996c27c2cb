/// The middle of all settled records' measures, which a snapshot keeps so that their median is known
/// without a look into each table.
///
/// All of the measures, in order, are `below` of them, then `values`, then `above`.
struct MiddleMeasures: Sendable, Hashable {
  let below: Int
  let values: [Int64]
  let above: Int

  /// So many values are kept: what is recorded between two snapshots does not move the median out of
  /// them, if it is anything like what was there before.
  static let width = 256
  /// So many of them at least are to stand on either side of the median.
  private static let margin = 32

  /// - Parameter values: in order.
  init(below: Int, values: [Int64], above: Int) {
    self.below = below
    self.values = values
    self.above = above
  }

  /// The middle of several columns, as if all of them were sorted into one; nil where one of them is
  /// not in order.
  ///
  /// Cost: a few dozen looks into each column.
  init?(of columns: [SortedColumn<Int64>]) throws(JournalError) {
    let count = columns.reduce(0) { $0 + $1.count }
    let kept = Self.middle(of: count, Self.width)
    guard !kept.isEmpty else {
      self.init(below: 0, values: [], above: 0)
      return
    }
    let low = try SortedColumns.element(kept.lowerBound, of: columns)
    let high = try SortedColumns.element(kept.upperBound - 1, of: columns)
    var upToLow = 0
    var between: [Int64] = []
    for column in columns {
      var place = try column.lowerBound(in: 0..<column.count) { $0 <= low }
      upToLow += place
      while place < column.count {
        let value = try column[place]
        if value >= high { break }
        guard value > low, between.count < kept.count else { return nil }
        between.append(value)
        place += 1
      }
    }
    let lows = min(kept.count, upToLow - kept.lowerBound)
    guard low <= high, lows > 0, lows + between.count <= kept.count else { return nil }
    var values = Array(repeating: low, count: lows)
    values += between.sorted()
    values += Array(repeating: high, count: kept.count - values.count)
    self.init(below: kept.lowerBound, values: values, above: count - kept.upperBound)
  }

  /// How many measures there are.
  var count: Int { below + values.count + above }

  /// The middle with more measures; nil where too little is known around the median then.
  func adding(_ measures: [Int64]) -> MiddleMeasures? {
    let all = merged(with: measures)
    let known = all.below..<all.below + all.values.count
    let needed = Self.middle(of: all.count, 2 * Self.margin)
    guard needed.clamped(to: known) == needed else { return nil }
    let kept = Self.middle(of: all.count, Self.width).clamped(to: known)
    return MiddleMeasures(
      below: kept.lowerBound,
      values: Array(
        all.values[kept.lowerBound - known.lowerBound..<kept.upperBound - known.lowerBound]),
      above: all.count - kept.upperBound)
  }

  /// The median of these and others; nil where it is not known, or where there is none.
  func median(with others: [Int64]) -> Double? {
    let all = merged(with: others)
    let upper = all.count / 2 - all.below
    let lower = all.count % 2 == 1 ? upper : upper - 1
    guard all.values.indices.contains(upper), all.values.indices.contains(lower) else { return nil }
    return lower == upper
      ? Double(all.values[upper]) : (Double(all.values[lower]) + Double(all.values[upper])) / 2
  }

  /// Whether it is the middle of some measures, which need not be in order.
  func isMiddle(of measures: some Sequence<Int64>) -> Bool {
    var (less, more) = (0, 0)
    var inside: [Int64] = []
    for measure in measures {
      if let first = values.first, measure < first {
        less += 1
      } else if let last = values.last, measure > last {
        more += 1
      } else {
        inside.append(measure)
      }
    }
    let start = below - less
    guard less + inside.count + more == count, start >= 0, start + values.count <= inside.count
    else { return false }
    inside.sort()
    return inside[start..<start + values.count].elementsEqual(values)
  }

  /// All values that are kept, and of others those that are not beyond them.
  private func merged(with others: [Int64]) -> MiddleMeasures {
    var (below, above) = (self.below, self.above)
    var inside = values
    for measure in others {
      if below > 0, let first = values.first, measure < first {
        below += 1
      } else if above > 0, let last = values.last, measure > last {
        above += 1
      } else {
        inside.append(measure)
      }
    }
    return MiddleMeasures(below: below, values: inside.sorted(), above: above)
  }

  /// The places around the median of so many, `width` of them or all.
  private static func middle(of count: Int, _ width: Int) -> Range<Int> {
    max(0, count / 2 - width / 2)..<min(count, count / 2 + width / 2)
  }
}

extension MiddleMeasures {
  /// As a snapshot keeps it.
  var json: JSON {
    [
      "below": .number(JSONNumber(below)),
      "middle": .array(values.map { .number(JSONNumber($0)) }),
      "above": .number(JSONNumber(above)),
    ]
  }

  /// nil for anything else.
  init?(_ json: JSON) {
    guard let members = json.object, let middle = members["middle"]?.array,
      let below = members["below"]?.int.flatMap({ Int(exactly: $0) }), below >= 0,
      let above = members["above"]?.int.flatMap({ Int(exactly: $0) }), above >= 0
    else { return nil }
    let values = middle.compactMap(\.int)
    guard values.count == middle.count, zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 }),
      // What is below or above has something to be below or above of.
      !values.isEmpty || (below == 0 && above == 0), below < 1 << 40, above < 1 << 40
    else { return nil }
    self.init(below: below, values: values, above: above)
  }
}
