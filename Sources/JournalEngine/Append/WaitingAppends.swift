internal import Synchronization

/// Appends of tasks that wait for the next commit, put there from any thread.
final class WaitingAppends<P: Projection>: Sendable {
  /// One task's append, and the task.
  struct Call: Sendable {
    let by: String?
    let id: String?
    let decide: @Sendable (P) throws -> [P.Event]
    let look: (@Sendable (P, Receipt) throws -> Void)?
    /// Sees the answer before the task does.
    let then: (@Sendable (Receipt) -> Void)?
    let continuation: CheckedContinuation<Receipt, any Error>

    var request: AppendRequest<P> {
      guard let look else { return AppendRequest(by: by, id: id, decide: decide) }
      return AppendRequest(by: by, id: id, decide: decide, look: look)
    }

    func answer(_ outcome: Result<Receipt, any Error>) {
      if let then, case .success(let receipt) = outcome { then(receipt) }
      continuation.resume(with: outcome)
    }
  }

  private struct State {
    var calls: [Call] = []
    /// How many were taken the last time.
    var company = 0
    /// How many calls in a row came after a commit of one.
    var alone = 0
  }

  private let state = Mutex(State())

  /// Adds a call; true where it is the first, so that a commit is to be asked for.
  func add(_ call: Call) -> Bool {
    state.withLock { state in
      state.calls.append(call)
      return state.calls.count == 1
    }
  }

  var count: Int { state.withLock { $0.calls.count } }

  /// Whether others may join a call: they do not where the last few commits were of one call each.
  /// Now and then that is put to the test, for while one task keeps its thread, those who would
  /// join may wait for a thread.
  func expectCompany() -> Bool {
    state.withLock { state in
      state.alone = state.company > 1 ? 0 : state.alone + 1
      return state.alone <= Self.few || state.alone.isMultiple(of: Self.trust)
    }
  }

  /// All that wait, who wait no more.
  func take() -> [Call] {
    state.withLock { state in
      let taken = state.calls
      guard !taken.isEmpty else { return taken }
      state.company = taken.count
      state.calls = []
      state.calls.reserveCapacity(taken.count)
      return taken
    }
  }

  /// Lets those join who are on their way: after a commit of many, most of them come back at once,
  /// and whoever is missed waits for a whole sync.
  func gather() {
    let expected = state.withLock { $0.company }
    guard expected > 1 else { return }
    var known = count
    var idle = 0
    while known < expected, idle < Self.patience {
      Threads.yield()
      let now = count
      idle = now == known ? idle + 1 : 0
      known = now
    }
  }

  private static var few: Int { 8 }

  /// Of so many calls, one is not taken to be alone.
  private static var trust: Int { 128 }

  /// How often in a row nobody may have come.
  private static var patience: Int { 16 }
}
