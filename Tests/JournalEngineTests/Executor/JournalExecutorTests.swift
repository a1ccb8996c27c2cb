import Foundation
import JournalEngine
import JournalTestSupport
import Synchronization
import Testing

@Suite("The engine's own threads", .timeLimit(.minutes(1)))
struct JournalExecutorTests {
  /// An actor on an executor of its own.
  private actor Counter {
    private let executor: JournalExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private(set) var values: [Int] = []
    private var inside = 0
    private(set) var most = 0

    init(_ threads: BlockingThreads) { executor = JournalExecutor(threads: threads) }

    func add(_ value: Int) {
      inside += 1
      most = max(most, inside)
      values.append(value)
      inside -= 1
    }

    func block(until gate: DispatchSemaphore) { gate.wait() }
  }

  @Test("run an actor's jobs one at a time, and each once", arguments: [1, 2, 4])
  func oneAtATime(_ count: Int) async {
    let counter = Counter(BlockingThreads(count: count))
    await withTaskGroup(of: Void.self) { group in
      for value in 0..<500 { group.addTask { await counter.add(value) } }
    }
    #expect(await counter.values.sorted() == Array(0..<500))
    #expect(await counter.most == 1)
  }

  @Test("may block, and neither other actors nor other tasks wait for it")
  func blocking() async {
    let threads = BlockingThreads(count: 2)
    let blocked = Counter(threads)
    let other = Counter(threads)
    let gate = DispatchSemaphore(value: 0)
    let waiting = Task { await blocked.block(until: gate) }
    await other.add(1)
    #expect(await other.values == [1])
    gate.signal()
    await waiting.value
    await blocked.add(2)
    #expect(await blocked.values == [2])
  }

  @Test("run every job, though more come than there are threads")
  func jobs() async {
    let threads = BlockingThreads(count: 3)
    let left = Mutex(3000)
    await withCheckedContinuation { continuation in
      for _ in 0..<3000 {
        threads.run {
          let isLast = left.withLock { left in
            left -= 1
            return left == 0
          }
          if isLast { continuation.resume() }
        }
      }
    }
    #expect(left.withLock { $0 } == 0)
  }

  @Test("give every actor its turn: one that always has more to do starves nobody")
  func fairness() async {
    let threads = BlockingThreads(count: 1)
    let busy = Counter(threads)
    let other = Counter(threads)
    let isDone = Mutex(false)
    let spinning = Task {
      var value = 0
      while !isDone.withLock({ $0 }) {
        await busy.add(value)
        value += 1
      }
    }
    for value in 0..<20 { await other.add(value) }
    isDone.withLock { $0 = true }
    await spinning.value
    #expect(await other.values == Array(0..<20))
  }
}
