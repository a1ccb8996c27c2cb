/// Where a figure is to be.
enum Goal {
  case atLeast(Double)
  case atMost(Double)

  func isMet(by value: Double) -> Bool {
    switch self {
    case .atLeast(let bound): value >= bound
    case .atMost(let bound): value <= bound
    }
  }

  func text(_ unit: Unit) -> String {
    switch self {
    case .atLeast(let bound): "≥ \(unit.text(bound))"
    case .atMost(let bound): "≤ \(unit.text(bound))"
    }
  }
}
