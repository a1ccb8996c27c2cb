/// A point at which it is to be chosen who goes on.
package struct SchedulingPoint: Sendable, Equatable {
  /// Who is there; nil at the very start, and where it has just ended.
  package let current: Int?
  /// Whether it waits, so that it is no interruption if another goes on.
  package let isPause: Bool
  /// Who has not ended, in order.
  package let live: [Int]

  package init(current: Int?, isPause: Bool = false, live: [Int]) {
    self.current = current
    self.isPause = isPause
    self.live = live
  }

  /// Who may go on; first whoever does if nobody interferes.
  package var options: [Int] {
    guard let current else { return live }
    let (before, after) = (live.filter { $0 < current }, live.filter { $0 > current })
    return isPause ? after + before + [current] : [current] + after + before
  }

  /// Whether the choice interrupts somebody who could have gone on.
  package func isPreemption(_ choice: Int) -> Bool {
    current != nil && !isPause && choice != current
  }
}

/// Chooses who goes on.
package protocol SchedulingPolicy: Sendable {
  mutating func choose(_ point: SchedulingPoint) -> Int
}

/// Does as a schedule says, and interrupts nobody once it has ended.
package struct FollowedSchedule: SchedulingPolicy {
  private var rest: ArraySlice<UInt8>

  package init(_ schedule: Schedule) { rest = schedule.choices[...] }

  package mutating func choose(_ point: SchedulingPoint) -> Int {
    let fallback = point.options.first ?? 0
    guard let choice = rest.popFirst().map(Int.init), point.live.contains(choice) else {
      return fallback
    }
    return choice
  }
}
