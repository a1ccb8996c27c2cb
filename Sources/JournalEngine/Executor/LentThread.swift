internal import Synchronization

/// Lets tasks block the cooperative thread that they run on, one of the process at a time, and none
/// where the pool has no other: so that the other tasks always go on.
///
/// A call that changes threads for a sync, there and back, takes half as long again. What an append
/// does besides, it does there too: it reads what others have appended, and pauses after a lost race.
package final class LentThread: Sendable {
  /// For all journals of the process.
  package static let shared = LentThread(isThere: Threads.areParallel)

  private let isFree: Atomic<Bool>

  /// - Parameter isThere: whether the pool can do without one thread.
  package init(isThere: Bool) {
    isFree = Atomic(isThere)
  }

  /// Runs a closure that may block, if nobody else's does, and if this task runs in the pool: an
  /// executor that the program prefers is not ours to block.
  ///
  /// - Returns: what the closure returns; false where it was not run.
  func run(_ body: () -> Bool) -> Bool {
    let isInPool = unsafe withUnsafeCurrentTask { task in
      guard let task = unsafe task else { return false }
      return unsafe task.unownedTaskExecutor == nil
    }
    guard isInPool, isFree.exchange(false, ordering: .acquiring) else { return false }
    defer { isFree.store(true, ordering: .releasing) }
    return body()
  }
}
