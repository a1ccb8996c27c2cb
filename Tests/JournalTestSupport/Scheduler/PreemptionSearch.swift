/// All schedules in the order of how often they interrupt somebody (Musuvathi and Qadeer, PLDI '07):
/// first those without, then those with one interruption, and so on. Each is given out once.
package struct PreemptionSearch {
  /// How many interruptions the schedules have that are given out now.
  package private(set) var bound = 0
  private var now = [Schedule()]
  private var later: [Schedule] = []
  private var random: SeededGenerator

  package init(seed: UInt64 = 1) { random = SeededGenerator(seed: seed) }

  /// Whether there is nothing left to try.
  package var isExhausted: Bool { now.isEmpty && later.isEmpty }

  /// What to try next: how a run is to begin, after which nobody is interrupted; nil at the end.
  package mutating func next() -> Schedule? {
    if now.isEmpty, !later.isEmpty {
      // In any order, so that a search that is cut off has seen something of everything.
      now = later.shuffled(using: &random)
      later = []
      bound += 1
    }
    return now.popLast()
  }

  /// Learns from a run what else there is to try.
  package mutating func learn(from run: ScheduledRun, begunWith prefix: Schedule) {
    for index in run.points.indices.dropFirst(prefix.choices.count) {
      let point = run.points[index]
      for option in point.options where option != Int(run.schedule.choices[index]) {
        let other = Schedule(run.schedule.choices[..<index] + [UInt8(option)])
        if point.isPreemption(option) { later.append(other) } else { now.append(other) }
      }
    }
  }
}
