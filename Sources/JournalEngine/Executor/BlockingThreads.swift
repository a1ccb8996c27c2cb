internal import Synchronization

/// A few threads that may block in system calls, so that the cooperative pool does not: with two
/// cores that pool has two threads, and two syncs at once would stop every task of the process.
package final class BlockingThreads: Sendable {
  /// Shared by all journals of the process.
  package static let shared = BlockingThreads(count: 4)

  /// For what its caller goes on without, on half of the processors at most; nil where there is one only.
  package static let aside: JournalSystem.Aside? =
    Threads.areParallel ? BlockingThreads(count: Threads.processors / 2).run : nil

  private struct State {
    var queue: [@Sendable () -> Void] = []
    var first = 0
    var started = 0
    var idle = 0
  }

  private let state = Mutex(State())
  private let count: Int
  private let wake = Semaphore()

  /// - Parameter count: how many threads there are at most; they are started as they are needed.
  package init(count: Int) {
    self.count = max(1, count)
  }

  /// Runs a closure on one of the threads, some time soon, in the order of the calls where one
  /// thread is free.
  package func run(_ job: @escaping @Sendable () -> Void) {
    let start = state.withLock { state in
      state.queue.append(job)
      guard state.idle < state.queue.count - state.first, state.started < count else {
        return false
      }
      state.started += 1
      return true
    }
    if start, !Threads.start({ [self] in work() }) {
      let alone = state.withLock { state in
        state.started -= 1
        return state.started == 0
      }
      // No thread at all can be had: better late on this one than never.
      if alone { while let job = take() { job() } }
    }
    wake.signal()
  }

  /// Whether something waits for a thread.
  var areWanted: Bool { state.withLock { $0.first < $0.queue.count } }

  private func work() -> Never {
    while true {
      state.withLock { $0.idle += 1 }
      wake.wait()
      state.withLock { $0.idle -= 1 }
      while let job = take() { job() }
    }
  }

  private func take() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard state.first < state.queue.count else { return nil }
      let job = state.queue[state.first]
      state.first += 1
      if state.first == state.queue.count {
        state.queue.removeAll(keepingCapacity: true)
        state.first = 0
      } else if state.first == 1024 {
        state.queue.removeFirst(1024)
        state.first = 0
      }
      return job
    }
  }
}
