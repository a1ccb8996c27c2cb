/// What the shell is told.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  case failed = 1
  case usage = 2
  case notFound = 3
  case conflict = 4
  case damage = 5

  /// Of two, the one to tell where several things were tried: damage outweighs all others.
  package func worse(_ other: ExitStatus) -> ExitStatus {
    other.weight > weight ? other : self
  }

  private var weight: Int {
    switch self {
    case .done: 0
    case .notFound: 1
    case .conflict: 2
    case .usage: 3
    case .failed: 4
    case .damage: 5
    }
  }
}
