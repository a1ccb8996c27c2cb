internal import Synchronization

/// Folds entries into a state, a long row of them on a thread of its own: while one core reads and
/// hashes, another folds.
///
/// What comes out is what folding on the spot would give, the first failure included. Memory: at
/// most six batches of entries beside the state.
final class PipelinedFold<P: Projection> {
  private let folding: Folding<P>
  /// So many entries are folded on the spot: for fewer, a thread costs more than it saves.
  private let alone: Int
  private var taken = 0
  private var batch = HeldLines()
  private var isPipelined = false

  init(_ start: FoldedState<P>, alone: Int = 2048) {
    folding = Folding(start)
    self.alone = alone
  }

  deinit {
    if isPipelined { folding.hand(over: nil) }
  }

  func take(_ line: AcceptedLine) {
    if taken <= alone { taken += 1 }
    if taken > alone, !isPipelined {
      isPipelined = Threads.areParallel && Threads.start { [folding] in folding.run() }
      // Where no thread can be had, not every line asks for one.
      if !isPipelined { taken = .min }
    }
    guard isPipelined else {
      let entry = unsafe line.entry
      return folding.state.withLock { $0.take(entry) }
    }
    unsafe batch.add(line.bytes, fields: line.fields, hash: line.hash, place: line.place)
    // Large enough that handing it over costs nothing, small enough to stay in a core's cache.
    if batch.count >= 512 || batch.byteCount >= 128 << 10 { hand() }
  }

  /// What all entries that were taken give.
  var result: FoldedState<P> {
    settle()
    return folding.state.withLock { $0 }
  }

  /// Why the state has stopped, as far as is known by now.
  var failure: JournalError? {
    settle()
    return folding.state.withLock { $0.failure }
  }

  /// Whether it is the state of a snapshot, without copying it.
  func isState(of snapshot: Snapshot) -> Bool {
    settle()
    return folding.state.withLock { $0.state.isState(of: snapshot) }
  }

  private func hand() {
    folding.hand(over: batch)
    batch = folding.emptyBatch()
  }

  /// Waits until all is folded.
  private func settle() {
    guard isPipelined else { return }
    if !batch.isEmpty { hand() }
    folding.waitUntilIdle()
  }
}

/// What the two threads share.
private final class Folding<P: Projection>: Sendable {
  private struct Queue {
    /// nil is the end.
    var waiting: [HeldLines?] = []
    var empty: [HeldLines] = []
  }

  private static var longest: Int { 4 }

  let state: Mutex<FoldedState<P>>
  private let queue = Mutex(Queue())
  private let work = Semaphore()
  private let room = Semaphore()

  init(_ start: FoldedState<P>) {
    state = Mutex(start)
    for _ in 0..<Self.longest { room.signal() }
  }

  /// Adds a batch, or the end, once there is room for it.
  func hand(over batch: HeldLines?) {
    room.wait()
    queue.withLock { $0.waiting.append(batch) }
    work.signal()
  }

  func emptyBatch() -> HeldLines {
    queue.withLock { $0.empty.popLast() } ?? HeldLines()
  }

  /// All room there is free: nothing waits, and nothing is being folded.
  func waitUntilIdle() {
    for _ in 0..<Self.longest { room.wait() }
    for _ in 0..<Self.longest { room.signal() }
  }

  func run() {
    while true {
      work.wait()
      guard var batch = queue.withLock({ $0.waiting.removeFirst() }) else { return }
      state.withLock { $0.take(batch) }
      batch.removeAll()
      queue.withLock { [batch] in $0.empty.append(batch) }
      room.signal()
    }
  }
}
