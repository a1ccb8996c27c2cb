internal import Synchronization

/// A compaction that a writer in a hurry leaves to another handle, on another thread, which goes on from
/// a copy of what the writer knows: they share nothing else but files, as two processes would.
final class CompactionAside: Sendable {
  typealias Made = (last: LastSnapshot, records: SettledRecords?, keys: SettledRecords?)

  /// What became of it.
  struct Outcome: Sendable {
    /// The snapshot that was written, and the tables that it rests on.
    let made: Result<Made, JournalError>
    /// When it ended, by the clock that never goes back, and how long it took.
    let end: Duration
    let duration: Duration
  }

  private enum State {
    case waiting, running, dropped
    case ended(Outcome)
  }

  /// How often the writer had begun anew when it asked.
  let beginning: Int
  /// What ``JournalWalk/passed`` was then.
  let passed: Int64
  private let state = Mutex(State.waiting)
  private let end = Semaphore()

  init(
    beginning: Int, passed: Int64, clock: any WallClock, on aside: JournalSystem.Aside,
    _ compact: @escaping @Sendable () throws(JournalError) -> Made
  ) {
    self.beginning = beginning
    self.passed = passed
    aside { [self] in
      let begins = state.withLock { state in
        guard case .waiting = state else { return false }
        state = .running
        return true
      }
      guard begins else { return }
      let start = clock.elapsed()
      let made = Result(catching: compact)
      let now = clock.elapsed()
      let outcome = Outcome(made: made, end: now, duration: now - start)
      state.withLock { $0 = .ended(outcome) }
      end.signal()
    }
  }

  var hasEnded: Bool {
    state.withLock { state in
      if case .ended = state { true } else { false }
    }
  }

  /// Waits for the end. One that has not begun is dropped, so that nobody waits for other journals'.
  /// To be called once.
  ///
  /// - Returns: nil where it was dropped.
  func finish() -> Outcome? {
    let begins = state.withLock { state in
      guard case .waiting = state else { return true }
      state = .dropped
      return false
    }
    guard begins else { return nil }
    end.wait()
    return state.withLock { state in
      if case .ended(let outcome) = state { outcome } else { nil }
    }
  }
}
