internal import Synchronization

/// Appends of tasks that wait for the next commit, put there from any thread.
final class WaitingAppends: Sendable {
  /// One task's append, and the task.
  // Unchecked: the request belongs to the commit until the task goes on, and to the task before and
  // after; what is in it may go from thread to thread.
  struct Call: @unchecked Sendable {
    let request: AnyAppendRequest
    /// Sees the answer before the task does, and before it is made durable.
    let meanwhile: (@Sendable (Receipt) -> Void)?
    let task: SuspendedTask

    func callMeanwhile() {
      if let meanwhile, case .success(let receipt)? = request.outcome { meanwhile(receipt) }
    }
  }

  private struct State {
    var calls: [Call] = []
    /// Whether a commit was asked for, or runs.
    var isCommitting = false
    /// How many the running commit has taken.
    var taken = 0
    /// How many the last commit took.
    var company = 0
    /// How many calls in a row came after a commit of one.
    var alone = 0

    mutating func take() -> [Call] {
      let calls = self.calls
      self.calls = []
      taken += calls.count
      return calls
    }
  }

  private let state = Mutex(State())

  /// Adds a call; true where no commit is on its way, so that one is to be asked for.
  func add(_ call: Call) -> Bool {
    state.withLock { state in
      state.calls.append(call)
      defer { state.isCommitting = true }
      return !state.isCommitting
    }
  }

  /// Whether others may join a call: they do not where the last few commits were of one call each.
  /// Now and then that is put to the test, for while one task keeps its thread, those who would
  /// join may wait for a thread.
  func expectCompany() -> Bool {
    state.withLock { state in
      state.alone = state.company > 1 ? 0 : state.alone + 1
      return state.alone <= Self.few || state.alone.isMultiple(of: Self.trust)
    }
  }

  /// Begins a commit: all that wait, who wait no more.
  func take() -> [Call] {
    state.withLock { state in
      state.taken = 0
      return state.take()
    }
  }

  /// Those who have come since; none where nobody else is on their way: after a commit of many, most
  /// of them come back at once, and whoever is missed waits for a whole sync. None either where so many
  /// were taken that the first of them should not wait longer.
  func join() -> [Call] {
    for _ in 0..<Self.patience {
      let (joined, isAwaited) = state.withLock { state in
        (state.taken < Self.most ? state.take() : [], state.taken < min(state.company, Self.most))
      }
      if !joined.isEmpty || !isAwaited { return joined }
      Threads.yield()
    }
    return []
  }

  /// Ends a commit; true where others have come meanwhile, and another is to be asked for.
  func end() -> Bool {
    linger()
    return state.withLock { state in
      if state.taken > 0 { state.company = state.taken }
      state.isCommitting = !state.calls.isEmpty
      return state.isCommitting
    }
  }

  /// Waits a moment for the first of many to come back: sooner done than to sleep and be woken.
  private func linger() {
    for _ in 0..<Self.patience {
      let isAwaited = state.withLock { $0.taken > 1 && $0.calls.isEmpty }
      guard isAwaited else { return }
      Threads.yield()
    }
  }

  private static var few: Int { 8 }

  /// How many are enough for one commit, if they did not come together.
  static var most: Int { 1024 }

  /// Of so many calls, one is not taken to be alone.
  private static var trust: Int { 128 }

  /// How often in a row nobody may have come.
  private static var patience: Int { 16 }
}
