internal import Synchronization

/// Folds entries into a state, a long row of them on a thread of its own: while one core reads and
/// hashes, another folds.
///
/// What comes out is what folding on the spot would give, the first failure included. Memory: at
/// most six batches of entries beside the state.
final class PipelinedFold<P: Projection> {
  /// The state, where it is folded on the spot.
  private var own: FoldedState<P>
  /// What folds on a thread of its own, once there is one.
  private var folding: Folding<P>?
  /// So many entries are folded on the spot: for fewer, a thread costs more than it saves.
  private let alone: Int
  private var taken = 0
  /// What was taken and is not folded yet.
  private var batch = HeldLines()

  init(_ start: FoldedState<P>, alone: Int = 2048) {
    own = start
    self.alone = alone
  }

  deinit {
    folding?.hand(over: nil)
  }

  func take(_ line: AcceptedLine) {
    unsafe batch.add(line.bytes, fields: line.fields, hash: line.hash, place: line.place)
    // Large enough that handing it over costs nothing, small enough to stay in a core's cache.
    let most = folding == nil ? min(64, alone + 1) : 512
    if batch.count >= most || batch.byteCount >= 128 << 10 { foldBatch() }
  }

  /// What all entries that were taken give.
  var result: FoldedState<P> {
    settled()?.state.withLock { $0 } ?? own
  }

  /// Why the state has stopped, as far as is known by now.
  var failure: JournalError? {
    guard let folding = settled() else { return own.failure }
    return folding.state.withLock { $0.failure }
  }

  /// Whether it is the state of a snapshot, without copying it.
  func isState(of snapshot: Snapshot) -> Bool {
    guard let folding = settled() else { return own.state.isState(of: snapshot) }
    return folding.state.withLock { $0.state.isState(of: snapshot) }
  }

  private func foldBatch() {
    if folding == nil {
      taken += batch.count
      if taken > alone { startThread() }
    }
    if let folding {
      folding.hand(over: batch)
      batch = folding.emptyBatch()
    } else {
      own.take(batch)
      batch.removeAll()
    }
  }

  private func startThread() {
    let folding = Folding(own)
    guard Threads.areParallel, Threads.start({ folding.run() }) else {
      // Where no thread can be had, not every batch asks for one.
      taken = .min
      return
    }
    self.folding = folding
    // It is the other one's alone now: a state that is shared is copied as it changes.
    own = FoldedState(path: "")
  }

  /// What folds on a thread of its own, if there is one; and all there is has been folded.
  private func settled() -> Folding<P>? {
    if !batch.isEmpty { foldBatch() }
    guard let folding else { return nil }
    folding.waitUntilIdle()
    return folding
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
