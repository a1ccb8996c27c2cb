internal import Synchronization

/// Runs one actor's jobs, one at a time and in order, on threads that may block.
package final class JournalExecutor: SerialExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var running = false
  }

  private let state = Mutex(State())
  private let threads: BlockingThreads

  package init(threads: BlockingThreads = .shared) {
    self.threads = threads
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let start = state.withLock { state in
      state.jobs.append(job)
      defer { state.running = true }
      return !state.running
    }
    if start { threads.run { [self] in drain() } }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  /// Runs what has come, then gives the thread back, so that no journal starves the others.
  private func drain() {
    let jobs = state.withLock { state in
      defer { state.jobs = [] }
      return state.jobs
    }
    for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    let again = state.withLock { state in
      state.running = !state.jobs.isEmpty
      return state.running
    }
    if again { threads.run { [self] in drain() } }
  }
}
