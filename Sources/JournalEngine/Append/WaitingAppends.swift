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

  private let calls = Mutex<[Call]>([])

  /// Adds a call; true where it is the first, so that a commit is to be asked for.
  func add(_ call: Call) -> Bool {
    calls.withLock { calls in
      calls.append(call)
      return calls.count == 1
    }
  }

  var count: Int { calls.withLock { $0.count } }

  /// All that wait, who wait no more.
  func take() -> [Call] {
    calls.withLock { calls in
      let taken = calls
      calls = []
      calls.reserveCapacity(taken.count)
      return taken
    }
  }

  /// Lets those join who are on their way: after a commit of many, most of them come back at once,
  /// and whoever is missed waits for a whole sync.
  ///
  /// - Parameter expected: how many the last commit answered.
  func gather(_ expected: Int) {
    var known = count
    var idle = 0
    while known < expected, idle < Self.patience {
      Threads.yield()
      let now = count
      idle = now == known ? idle + 1 : 0
      known = now
    }
  }

  /// How often in a row nobody may have come.
  private static var patience: Int { 16 }
}
