/// The numbers of entries that repairs gave up, as far as a reader has met these repairs.
///
/// A table that holds one of them is of another history, which may have had as many records.
struct GivenUp: Sendable, Hashable {
  private(set) var ranges: [ClosedRange<Int64>] = []

  mutating func add(_ repair: Repair) {
    guard repair.from.seq + 1 < repair.line.seq else { return }
    let range = repair.from.seq + 1...repair.line.seq - 1
    // One that goes back behind earlier ones, which are the last, gives up these too.
    while let last = ranges.last, range.contains(last.lowerBound), range.contains(last.upperBound) {
      ranges.removeLast()
    }
    ranges.append(range)
  }

  func contains(_ seq: Int64) -> Bool { ranges.contains { $0.contains(seq) } }
}

extension GivenUp {
  /// As a snapshot keeps it: pairs of the first and the last number.
  var json: JSON {
    .array(
      ranges.map {
        [.number(JSONNumber($0.lowerBound)), .number(JSONNumber($0.upperBound))]
      })
  }

  /// nil for anything else.
  init?(_ json: JSON) {
    guard let pairs = json.array else { return nil }
    for pair in pairs {
      guard let pair = pair.array, pair.count == 2, let first = pair[0].int, let last = pair[1].int,
        first >= 1, first <= last
      else { return nil }
      ranges.append(first...last)
    }
  }
}
