/// Random priorities, and a few random points at which whoever runs falls behind all others (PCT:
/// Burckhardt et al., ASPLOS '10): finds what needs few interruptions at the right places.
package struct PriorityPolicy: SchedulingPolicy {
  private var random: SeededGenerator
  private var priorities: [Int]
  private var changes: Set<Int> = []
  private var step = 0
  private var lowest = 0

  /// - Parameters:
  ///   - count: how many there are to choose from.
  ///   - interruptions: how many points there are at which one falls behind.
  ///   - length: about how many points a run has.
  package init(seed: UInt64, count: Int, interruptions: Int, length: Int) {
    random = SeededGenerator(seed: seed)
    priorities = Array(1...max(1, count)).shuffled(using: &random)
    for _ in 0..<interruptions { changes.insert(random.below(max(1, length))) }
  }

  package mutating func choose(_ point: SchedulingPoint) -> Int {
    step += 1
    if let current = point.current {
      // Whoever waits falls behind now and then, or nobody would ever come between.
      if changes.contains(step) || (point.isPause && random.once(in: 2)) {
        lowest -= 1
        priorities[current] = lowest
      }
    }
    return point.live.max { priorities[$0] < priorities[$1] } ?? 0
  }
}
