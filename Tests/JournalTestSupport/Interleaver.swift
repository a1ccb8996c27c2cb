internal import Foundation
internal import Synchronization

/// Runs several bodies, each on a thread of its own, one at a time: wherever a body takes a turn,
/// chance says who goes on. The same seed gives the same order.
package final class Interleaver: Sendable {
  private struct State {
    var live: [Int]
    var random: SeededGenerator
    var finished: CheckedContinuation<Void, Never>?
  }

  private let state: Mutex<State>
  private let gates: [DispatchSemaphore]

  /// - Parameter stickiness: one turn in so many goes to somebody else, perhaps.
  private let stickiness: Int

  private init(_ count: Int, seed: UInt64, stickiness: Int) {
    state = Mutex(State(live: Array(0..<count), random: SeededGenerator(seed: seed)))
    gates = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    self.stickiness = stickiness
  }

  /// Runs the bodies to their ends. Each is given what it calls where another may go on.
  package static func run(
    seed: UInt64, stickiness: Int = 1, _ bodies: [@Sendable (_ turn: @escaping () -> Void) -> Void]
  ) async {
    guard !bodies.isEmpty else { return }
    let all = Interleaver(bodies.count, seed: seed, stickiness: stickiness)
    await withCheckedContinuation { continuation in
      all.state.withLock { $0.finished = continuation }
      for (number, body) in bodies.enumerated() {
        Thread.detachNewThread {
          all.gates[number].wait()
          body { all.turn(number) }
          all.finish(number)
        }
      }
      all.gates[0].signal()
    }
  }

  private func turn(_ number: Int) {
    let next = state.withLock { state in
      state.random.once(in: stickiness) ? state.random.pick(state.live) : number
    }
    guard next != number else { return }
    gates[next].signal()
    gates[number].wait()
  }

  private func finish(_ number: Int) {
    let next: Int? = state.withLock { state in
      state.live.removeAll { $0 == number }
      guard !state.live.isEmpty else { return nil }
      return state.random.pick(state.live)
    }
    if let next {
      gates[next].signal()
    } else {
      let finished = state.withLock { state in
        defer { state.finished = nil }
        return state.finished
      }
      finished?.resume()
    }
  }
}
