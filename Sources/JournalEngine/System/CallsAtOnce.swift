internal import Synchronization

/// Blocking calls that do not depend on one another, made at the same time: several syncs that wait
/// together cost the disk one flush, and one after the other one each.
///
/// The calling thread makes them too, so that nothing waits for a thread of ours that is busy or
/// cannot be had.
final class CallsAtOnce: Sendable {
  typealias Call = @Sendable () -> JournalError?

  private struct State {
    var next = 0
    /// The failure of the earliest call in the list.
    var failure: (call: Int, error: JournalError)?
  }

  /// Their own: what they run never waits for others of its kind.
  private static let helpers = BlockingThreads(count: 3)

  private let calls: [Call]
  private let state = Mutex(State())
  private let finished = Semaphore()

  private init(_ calls: [Call]) { self.calls = calls }

  /// Makes all of the calls, whatever becomes of any of them.
  ///
  /// - Throws: the error of the first one in the list that gave any.
  static func make(_ calls: [Call]) throws(JournalError) {
    let group = CallsAtOnce(calls)
    for _ in calls.dropFirst() { helpers.run { group.help() } }
    if let failure = group.finish() { throw failure }
  }

  private func help() {
    while makeNext() { finished.signal() }
  }

  private func finish() -> JournalError? {
    var own = 0
    while makeNext() { own += 1 }
    for _ in own..<calls.count { finished.wait() }
    return state.withLock { $0.failure?.error }
  }

  private func makeNext() -> Bool {
    let index = state.withLock { state in
      defer { state.next += 1 }
      return state.next
    }
    guard index < calls.count else { return false }
    if let error = calls[index]() {
      state.withLock { state in
        if index < state.failure?.call ?? .max { state.failure = (index, error) }
      }
    }
    return true
  }
}
