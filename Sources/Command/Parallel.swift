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
  ///
  /// - Parameter batch: how many a thread does at once, where one is little work.
  static func forEach<Item: Sendable, R: Sendable>(
    _ items: [Item], batch: Int = 1, work: @escaping @Sendable (Item) -> R,
    take: (Item, R) throws -> Void
  ) rethrows {
    // One needs no thread of its own, and Ctrl-C finds it on the main thread.
    if items.count == 1 { return try take(items[0], work(items[0])) }
    let batches = stride(from: 0, to: items.count, by: batch).map {
      items[$0..<min($0 + batch, items.count)]
    }
    let results = Mutex<[Int: [R]]>([:])
    let arrival = Semaphore()
    var (submitted, arrived) = (0, 0)
    // What was begun is not left behind where one cannot be taken: the process may end then.
    defer { for _ in arrived..<submitted { arrival.wait() } }
    for (index, items) in batches.enumerated() {
      while submitted < min(batches.count, index + 2 * cores) {
        let (place, items) = (submitted, batches[submitted])
        threads.run {
          let done = items.map(work)
          results.withLock { $0[place] = done }
          arrival.signal()
        }
        submitted += 1
      }
      while true {
        if let done = results.withLock({ $0.removeValue(forKey: index) }) {
          for (item, result) in zip(items, done) { try take(item, result) }
          break
        }
        arrival.wait()
        arrived += 1
      }
    }
  }
}
