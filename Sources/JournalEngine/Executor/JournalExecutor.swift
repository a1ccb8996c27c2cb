internal import Synchronization

/// Runs one actor's jobs, one at a time and in order, on threads that may block.
package final class JournalExecutor: SerialExecutor {
  private enum Work {
    case job(UnownedJob)
    case body(@Sendable () -> Void)
  }

  private struct State {
    var work: [Work] = []
    var running = false
  }

  private let state = Mutex(State())
  private let threads: BlockingThreads
  private let lent: LentThread
  /// The thread that runs jobs now; 0 where none does.
  private let runner = Atomic<UInt>(0)

  package init(threads: BlockingThreads = .shared, lent: LentThread = .shared) {
    self.threads = threads
    self.lent = lent
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    add(.job(UnownedJob(job)))
  }

  /// Runs a closure in its turn, isolated to the actor: cheaper than a task.
  func run(_ body: @escaping @Sendable () -> Void) {
    add(.body(body))
  }

  /// Runs a closure at once, on the thread of the task that calls, isolated to the actor: if
  /// nothing of the actor's runs or waits, and the thread may be had.
  ///
  /// - Returns: whether it did.
  func runHere(_ body: () -> Void) -> Bool {
    lent.run {
      let isIdle = state.withLock { state in
        defer { state.running = true }
        return !state.running
      }
      guard isIdle else { return false }
      runner.store(Threads.current, ordering: .relaxed)
      body()
      runner.store(0, ordering: .relaxed)
      // What came meanwhile is not this task's to wait for.
      if hasMore() { threads.run { [self] in drain() } }
      return true
    }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  package func isIsolatingCurrentContext() -> Bool? {
    runner.load(ordering: .relaxed) == Threads.current
  }

  private func add(_ work: Work) {
    let start = state.withLock { state in
      state.work.append(work)
      defer { state.running = true }
      return !state.running
    }
    if start { threads.run { [self] in drain() } }
  }

  /// Runs what has come, and what comes meanwhile while nobody else wants the thread: so no
  /// journal starves the others.
  private func drain() {
    while true {
      runner.store(Threads.current, ordering: .relaxed)
      let work = state.withLock { state in
        defer { state.work = [] }
        return state.work
      }
      for item in work {
        switch item {
        case .job(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        case .body(let body): body()
        }
      }
      runner.store(0, ordering: .relaxed)
      guard hasMore() else { return }
      if threads.areWanted { return threads.run { [self] in drain() } }
    }
  }

  /// Ends a turn: whether another is to follow.
  private func hasMore() -> Bool {
    state.withLock { state in
      state.running = !state.work.isEmpty
      return state.running
    }
  }
}
