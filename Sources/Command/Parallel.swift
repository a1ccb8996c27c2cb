import Glibc
import JournalEngine
import Synchronization

/// Does the same for many things on several threads.
enum Parallel {
  /// As many as can run at once.
  static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  private static let threads = BlockingThreads(count: cores)

  /// Hands out the results in the order of the items, on the calling thread, each as soon as those
  /// before it are out. Of the results only a few ever wait, however many items there are.
  static func forEach<Item: Sendable, R: Sendable>(
    _ items: [Item], work: @escaping @Sendable (Item) -> R, take: (Item, R) throws -> Void
  ) rethrows {
    // One needs no thread of its own, and Ctrl-C finds it on the main thread.
    if items.count == 1 { return try take(items[0], work(items[0])) }
    let results = Mutex<[Int: R]>([:])
    let arrival = Semaphore()
    var submitted = 0
    for (index, item) in items.enumerated() {
      while submitted < min(items.count, index + 2 * cores) {
        let (place, item) = (submitted, items[submitted])
        threads.run {
          let result = work(item)
          results.withLock { $0[place] = result }
          arrival.signal()
        }
        submitted += 1
      }
      while true {
        if let result = results.withLock({ $0.removeValue(forKey: index) }) {
          try take(item, result)
          break
        }
        arrival.wait()
      }
    }
  }
}
