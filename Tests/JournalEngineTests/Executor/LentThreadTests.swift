import Foundation
import JournalTestSupport
import Synchronization
import Testing

@testable import JournalEngine

@Suite("A thread that the cooperative pool lends", .timeLimit(.minutes(1)))
struct LentThreadTests {
  /// An actor whose work may be done on the threads of those who ask for it.
  private actor Register {
    private let executor: JournalExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private(set) var values: [Int] = []
    private(set) var threads: Set<UInt> = []

    init(_ lent: LentThread) {
      executor = JournalExecutor(threads: BlockingThreads(count: 1), lent: lent)
    }

    nonisolated func addHere(_ value: Int, _ body: () -> Void = {}) -> Bool {
      executor.runHere {
        assumeIsolated { $0.add(value) }
        body()
      }
    }

    nonisolated func addLater(_ value: Int) {
      executor.run { self.assumeIsolated { $0.add(value) } }
    }

    func add(_ value: Int) {
      values.append(value)
      threads.insert(Threads.current)
    }

    func block(until gate: DispatchSemaphore) { gate.wait() }
  }

  /// An executor of the program's own, whose threads are not ours to block.
  private final class OwnThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "own threads")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  @Test("is the one that the task runs on")
  func here() async {
    let register = Register(LentThread(isThere: true))
    let (isDone, thread) = { (register.addHere(1), Threads.current) }()
    #expect(isDone)
    #expect(await register.values == [1])
    #expect(await register.threads == [thread])
  }

  @Test("is never lent where the pool has no other")
  func only() async {
    let register = Register(LentThread(isThere: false))
    #expect(!register.addHere(1))
    #expect(await register.values == [])
  }

  @Test("is lent to one at a time, and again when that one is done")
  func oneAtATime() async {
    let lent = LentThread(isThere: true)
    let (register, other) = (Register(lent), Register(lent))
    var isOther = true
    #expect(register.addHere(1) { isOther = other.addHere(2) })
    #expect(!isOther)
    #expect(other.addHere(3))
    #expect(await register.values == [1])
    #expect(await other.values == [3])
  }

  @Test("is given back by whoever finds the actor busy, and no two are in the actor at once")
  func busy() async {
    let register = Register(LentThread(isThere: true))
    let gate = DispatchSemaphore(value: 0)
    let waiting = Task { await register.block(until: gate) }
    // Until the actor is blocked, adding succeeds.
    var added = 0
    while register.addHere(added) {
      added += 1
      await Task.yield()
    }
    gate.signal()
    await waiting.value
    while !register.addHere(added) { await Task.yield() }
    #expect(await register.values == Array(0...added))
  }

  @Test("does not do what comes for the actor meanwhile: a thread of our own does that after it")
  func meanwhile() async {
    let register = Register(LentThread(isThere: true))
    #expect(register.addHere(1) { register.addLater(2) })
    // Behind what came before.
    await register.add(3)
    #expect(await register.values == [1, 2, 3])
    #expect(await register.threads.count == 2)
  }

  @Test("is not one of an executor that the task prefers")
  func preferred() async {
    let register = Register(LentThread(isThere: true))
    let isDone = await Task(executorPreference: OwnThreads()) { register.addHere(1) }.value
    #expect(!isDone)
    #expect(register.addHere(2))
  }

  /// A journal whose syncs wait, once they are told to.
  private func journal(_ name: String, gate: Gate) async throws -> Journal<Tally> {
    let test = try TestJournal(name)
    let system = MemoryFileSystem(on: test.disk)
    system.onOperation = { if $0.kind == .syncData { gate.pass() } }
    let journal = try await Journal.open(
      test.name, in: test.root, as: Tally.self, system: test.system(system))
    // Until it is trusted that each is alone.
    for number in 0..<10 { try await journal.append(Tally.Event("\(number)")) }
    return journal
  }

  private final class Gate: Sendable {
    private let waiting = Mutex<Set<UInt>?>(nil)
    private let opened = DispatchSemaphore(value: 0)

    /// The threads that wait.
    var threads: Set<UInt> { waiting.withLock { $0 ?? [] } }

    func shut() { waiting.withLock { $0 = [] } }

    func open() {
      waiting.withLock { $0 = nil }
      opened.signal()
    }

    func pass() {
      let waits = waiting.withLock { threads in
        threads?.insert(Threads.current)
        return threads != nil
      }
      guard waits else { return }
      opened.wait()
      opened.signal()
    }
  }

  @Test("is all that the pool lends: while many journals sync, other tasks go on")
  func poolGoesOn() async throws {
    let gate = Gate()
    var journals: [Journal<Tally>] = []
    for number in 0..<4 {
      journals.append(try await self.journal("j\(number)", gate: gate))
    }
    gate.shut()
    try await withThrowingTaskGroup(of: Void.self) { [journals] group in
      for journal in journals {
        group.addTask { try await journal.append(Tally.Event("a")) }
      }
      group.addTask {
        // Each turn takes a thread of the pool.
        while gate.threads.count < 4 { await Task.yield() }
        gate.open()
      }
      try await group.waitForAll()
    }
    for journal in journals {
      #expect(await journal.state.tags.last == "a")
      try await journal.close()
    }
  }

  @Test("is waited for by all that comes for the journal meanwhile, and then each has its turn")
  func turns() async throws {
    let gate = Gate()
    let journal = try await journal("j", gate: gate)
    gate.shut()
    let first = Task { try await journal.append(Tally.Event("first")) }
    while gate.threads.isEmpty { await Task.yield() }
    let second = Task { try await journal.append(Tally.Event("second")) }
    let compaction = Task { try await journal.compact() }
    let state = Task { await journal.state }
    gate.open()
    #expect(try await first.value.seqs == 12...12)
    #expect(try await second.value.seqs == 13...13)
    #expect(try await compaction.value.snapshot != nil)
    #expect(await state.value.tags.contains("first"))
    try await journal.close()
    await #expect(throws: JournalError.self) { try await journal.append(Tally.Event("third")) }
    #expect(await journal.state.tags.suffix(2) == ["first", "second"])
  }
}
