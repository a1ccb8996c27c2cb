/// What the runs of a contender gave.
struct Series {
  let name: String
  let role: Contender.Role
  let unit: Unit
  private(set) var values: [Double] = []
  private(set) var peaks: [Double] = []
  var goal: Goal?
  /// Of the peak memory.
  var memoryGoal: Goal?

  init(_ name: String, _ role: Contender.Role, _ unit: Unit, _ values: [Double] = []) {
    self.name = name
    self.role = role
    self.unit = unit
    self.values = values
  }

  mutating func add(_ sample: Sample) {
    values.append(sample.value)
    if let peak = sample.peakMemory { peaks.append(peak) }
  }

  /// Divides run by run: what moves both of them moves no ratio.
  func ratio(to other: Series, goal: Goal? = nil) -> Series {
    var ratio = Series(
      "\(name) ÷ \(other.name)", role, .ratio, zip(values, other.values).map { $0 / $1 })
    ratio.goal = goal
    return ratio
  }

  func aiming(_ goal: Goal) -> Series {
    var series = self
    series.goal = goal
    return series
  }
}

/// Median and spread.
struct Spread {
  let median: Double
  let lowest: Double
  let highest: Double

  /// Nil of no values.
  init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let lowest = sorted.first, let highest = sorted.last else { return nil }
    self.lowest = lowest
    self.highest = highest
    let middle = sorted.count / 2
    median =
      sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
