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
  /// The thread that runs jobs now; 0 where none does.
  private let runner = Atomic<UInt>(0)

  package init(threads: BlockingThreads = .shared) {
    self.threads = threads
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    add(.job(UnownedJob(job)))
  }

  /// Runs a closure in its turn, isolated to the actor: cheaper than a task.
  func run(_ body: @escaping @Sendable () -> Void) {
    add(.body(body))
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
      let again = state.withLock { state in
        state.running = !state.work.isEmpty
        return state.running
      }
      guard again else { return }
      if threads.areWanted { return threads.run { [self] in drain() } }
    }
  }
}
