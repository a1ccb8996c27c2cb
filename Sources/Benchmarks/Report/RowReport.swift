/// What a row gave.
struct RowReport {
  let row: Row
  /// What was measured, and the ratios of that.
  var series: [Series] = []
  var notes: [String] = []
  /// Of the row's own process, in bytes.
  var peakMemory = 0.0

  init(_ row: Row) { self.row = row }

  /// Adds what was measured.
  mutating func add(_ found: [Series]) { series += found }

  /// Holds one series against another, by their names.
  mutating func compare(_ name: String, with other: String, goal: Goal? = nil) {
    guard let ours = series.first(where: { $0.name == name }),
      let theirs = series.first(where: { $0.name == other })
    else { return }
    series.append(ours.ratio(to: theirs, goal: goal))
  }

  mutating func aim(_ name: String, _ goal: Goal? = nil, memory: Goal? = nil) {
    guard let index = series.firstIndex(where: { $0.name == name }) else { return }
    series[index].goal = goal
    series[index].memoryGoal = memory
  }
}
