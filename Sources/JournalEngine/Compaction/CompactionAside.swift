internal import Synchronization

/// A compaction that a writer in a hurry leaves to another handle, on another thread: they share
/// nothing but files, as two processes would.
final class CompactionAside: Sendable {
  /// The snapshot that was written, and the tables that it rests on.
  typealias Made = (last: LastSnapshot, records: SettledRecords?)

  /// How often the writer had begun anew when it began.
  let beginning: Int
  /// What ``JournalWalk/passed`` was then.
  let passed: Int64
  /// When that was, by the clock that never goes back.
  let start: Duration
  private let outcome = Mutex<Result<Made, JournalError>?>(nil)
  private let end = Semaphore()

  init(
    beginning: Int, passed: Int64, since start: Duration, on aside: JournalSystem.Aside,
    _ compact: @escaping @Sendable () throws(JournalError) -> Made
  ) {
    self.beginning = beginning
    self.passed = passed
    self.start = start
    aside { [self] in
      let made = Result(catching: compact)
      outcome.withLock { $0 = made }
      end.signal()
    }
  }

  var hasEnded: Bool { outcome.withLock { $0 != nil } }

  /// Waits for the end. To be called once.
  func wait() -> Result<Made, JournalError>? {
    end.wait()
    return outcome.withLock { $0 }
  }
}
