/// What the shell is told.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  case failed = 1
  case usage = 2
  case notFound = 3
  case conflict = 4
  case damage = 5
}
