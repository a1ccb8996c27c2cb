internal import Foundation
internal import Synchronization

/// Runs several bodies, each on a thread of its own, one at a time: wherever one takes a turn, a
/// policy says who goes on. The same choices give the same run.
package final class Scheduler: Sendable {
  private struct State {
    var live: [Int]
    var policy: any SchedulingPolicy
    var steps = 0
    var run = ScheduledRun()
    var finished: CheckedContinuation<ScheduledRun, Never>?
  }

  /// A run that is longer than this is not scheduled any more, and said to be endless.
  private static let longest = 20_000

  private let state: Mutex<State>
  private let gates: [DispatchSemaphore]

  private init(_ count: Int, _ policy: any SchedulingPolicy) {
    state = Mutex(State(live: Array(0..<count), policy: policy))
    gates = (0..<count).map { _ in DispatchSemaphore(value: 0) }
  }

  /// What a body calls where another may go on.
  package struct Turn: Sendable {
    fileprivate let scheduler: Scheduler
    package let number: Int

    package func take(isPause: Bool = false) { scheduler.turn(number, isPause) }
  }

  /// Runs the bodies to their ends.
  package static func run(
    _ policy: any SchedulingPolicy, _ bodies: [@Sendable (Turn) -> Void]
  ) async -> ScheduledRun {
    guard !bodies.isEmpty else { return ScheduledRun() }
    let all = Scheduler(bodies.count, policy)
    return await withCheckedContinuation { continuation in
      all.state.withLock { $0.finished = continuation }
      for (number, body) in bodies.enumerated() {
        Thread.detachNewThread {
          all.gates[number].wait()
          body(Turn(scheduler: all, number: number))
          all.finish(number)
        }
      }
      all.gates[all.choose(nil, isPause: false)].signal()
    }
  }

  private func choose(_ current: Int?, isPause: Bool) -> Int {
    state.withLock { state in
      state.steps += 1
      state.run.isEndless = state.steps > Self.longest
      guard state.live.count > 1, !state.run.isEndless else { return current ?? state.live[0] }
      let point = SchedulingPoint(current: current, isPause: isPause, live: state.live)
      let choice = state.policy.choose(point)
      state.run.points.append(point)
      state.run.schedule.choices.append(UInt8(choice))
      return choice
    }
  }

  private func turn(_ number: Int, _ isPause: Bool) {
    let next = choose(number, isPause: isPause)
    guard next != number else { return }
    gates[next].signal()
    gates[number].wait()
  }

  private func finish(_ number: Int) {
    let isLast = state.withLock { state in
      state.live.removeAll { $0 == number }
      return state.live.isEmpty
    }
    guard isLast else {
      gates[choose(nil, isPause: false)].signal()
      return
    }
    let (finished, run) = state.withLock { state in
      defer { state.finished = nil }
      return (state.finished, state.run)
    }
    finished?.resume(returning: run)
  }
}

/// What a run was: where there was a choice, and what was chosen.
package struct ScheduledRun: Sendable {
  package var points: [SchedulingPoint] = []
  package var schedule = Schedule()
  /// Whether it was given up as one that does not end.
  package var isEndless = false

  package init() {}
}
