internal import Synchronization

/// A journal open for reading and writing by tasks.
///
/// Any number of processes may have the same journal open; no lock is taken. Within this process,
/// appends that wait at the same time share one write and one sync. Blocking calls run on threads of
/// the engine's own; only an append that finds nobody before it may run on its own task's, for one
/// journal of the process at a time, so that the cooperative pool always has a thread that goes on.
public actor Journal<P: Projection> {
  public nonisolated let reader: JournalReader
  public nonisolated var name: JournalName { reader.name }

  private let executor = JournalExecutor()
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  private let options: WriteOptions
  private var writer: JournalWriter<P>?
  private let waiting = WaitingAppends()
  private var syncIsPlanned = false
  /// What the last commit answered, if it is not large. Where the tasks' threads free it, they and this
  /// one wait for each other in the allocator.
  private var answered: [Result<Receipt, any Error>?] = []

  private init(_ reader: JournalReader, options: WriteOptions) {
    self.reader = reader
    self.options = options
  }

  /// Opens a journal and reads its state; one that does not exist is made by the first append.
  ///
  /// - Parameters:
  ///   - root: the folder of all journals.
  ///   - system: files, time and chance.
  /// - Throws: ``JournalError``, as ``JournalWriter/init(_:in:system:options:)``.
  ///
  /// Cost: reads the newest snapshot and what stands behind it, and one sync.
  public static func open(
    _ name: JournalName, in root: String, as projection: P.Type = P.self,
    system: JournalSystem = JournalSystem(), options: WriteOptions = WriteOptions()
  ) async throws -> Journal {
    let journal = Journal(JournalReader(name, in: root, system: system), options: options)
    try await journal.load()
    return journal
  }

  // On the journal's own thread, for closing may sync.
  isolated deinit {
    try? writer?.close()
  }

  private func load() throws {
    writer = try JournalWriter(
      reader.name, in: reader.root, system: reader.system, options: options)
  }

  /// The state at the head, as far as this handle has read. It is a value: it does not change.
  public var state: P { writer?.state ?? P() }

  /// The last entry that is known here.
  public var head: Head { writer?.head ?? .none }

  /// Reads what other processes have appended since.
  ///
  /// - Returns: the state at the head.
  /// - Throws: as ``JournalWriter/refresh()``.
  public func refresh() throws -> P {
    try writer?.refresh()
    return state
  }

  /// The same, and the head.
  package func refreshed() throws -> (state: P, head: Head) { (try refresh(), head) }

  /// Records events, all or none, and returns once they are durable (or as the policy says).
  ///
  /// - Parameters:
  ///   - by: who or what records them.
  ///   - id: an idempotency key: the same call with the same key adds nothing the second time.
  /// - Throws: ``JournalError``, as ``JournalWriter/append(_:by:id:)``.
  @discardableResult
  public nonisolated func append(
    _ events: P.Event..., by: String? = nil, id: String? = nil
  ) async throws -> Receipt {
    try await answer(by: by, id: id) { _ in events }
  }

  /// Decides on the state at the head what to record, and records it, all or none.
  ///
  /// - Parameter decide: sees the state and returns the events, or throws to refuse. After a lost
  ///   race it is called again on the newer state, so it must have no effects.
  /// - Throws: what `decide` throws, once the entries that it saw are durable; ``JournalError``.
  @discardableResult
  public nonisolated func decide(
    by: String? = nil, id: String? = nil, _ decide: @escaping @Sendable (P) throws -> [P.Event]
  ) async throws -> Receipt {
    try await answer(by: by, id: id, decide)
  }

  /// The same, and looks at the state right after, before anybody else has changed it.
  ///
  /// - Parameter look: sees that state and what was done, perhaps more than once. If it throws,
  ///   nothing is recorded.
  /// - Returns: what `look` returns.
  public nonisolated func decide<R: Sendable>(
    by: String? = nil, id: String? = nil,
    _ decide: @escaping @Sendable (P) throws -> [P.Event],
    look: @escaping @Sendable (P, Receipt) throws -> R
  ) async throws -> R {
    try await self.decide(by: by, id: id, decide, look: look, meanwhile: { _ in })
  }

  /// The same.
  ///
  /// - Parameter meanwhile: is called before what was recorded is made durable, which may yet fail, and
  ///   often while it is on its way to the disk; on a thread that may block. The other callers of the
  ///   journal wait for it.
  package nonisolated func decide<R: Sendable>(
    by: String?, id: String?, _ decide: @escaping @Sendable (P) throws -> [P.Event],
    look: @escaping @Sendable (P, Receipt) throws -> R,
    meanwhile: @escaping @Sendable (Receipt) -> Void
  ) async throws -> R {
    let seen = Mutex<R?>(nil)
    _ = try await answer(
      by: by, id: id, decide,
      look: { state, receipt in
        let value = try look(state, receipt)
        seen.withLock { $0 = value }
      }, meanwhile: meanwhile)
    guard let value = seen.withLock({ $0 }) else { throw JournalWriter<P>.unanswered }
    return value
  }

  /// Makes all that was appended so far durable.
  ///
  /// - Throws: as ``JournalWriter/sync()``.
  public func sync() throws {
    try writer?.sync()
  }

  /// Snapshots the state and tidies up; see ``JournalWriter/compact(_:)``, also for what is thrown.
  public func compact(
    _ options: CompactionOptions = CompactionOptions()
  ) throws -> Compaction {
    guard let writer else { throw JournalWriter<P>.unanswered }
    return try writer.compact(options)
  }

  /// Why the last snapshot that the policy asked for was not written; what was recorded stands.
  public var compactionFailure: JournalError? { writer?.compactionFailure }

  /// Answers what waits, makes everything durable that the policy wants durable, and ends the
  /// handle.
  ///
  /// - Throws: as ``JournalWriter/close()``.
  public func close() throws {
    commit()
    answered = []
    try writer?.close()
  }

  /// The entries, as far as the journal goes.
  public nonisolated func entries(from start: EntrySequence.Start = .first) -> EntrySequence {
    reader.entries(from: start)
  }

  /// The entries, and whatever comes after them.
  public nonisolated func follow(from start: EntrySequence.Start = .first) -> EntrySequence {
    reader.follow(from: start)
  }

  // In the pool, for it may block there: neither the main actor nor the caller's.
  @concurrent private nonisolated func answer(
    by: String?, id: String?, _ decide: @escaping @Sendable (P) throws -> [P.Event],
    look: @escaping @Sendable (P, Receipt) throws -> Void = { _, _ in },
    meanwhile: (@Sendable (Receipt) -> Void)? = nil
  ) async throws -> Receipt {
    let request = AppendRequest<P>(by: by, id: id, decide: decide, look: look)
    unsafe await withUnsafeContinuation { continuation in
      let isFirst = waiting.add(
        WaitingAppends.Call(
          request: request, meanwhile: meanwhile, task: unsafe SuspendedTask(continuation)))
      // The first one that waits asks for a commit; those who come before it is written join it.
      guard isFirst else { return }
      if !waiting.expectCompany(), executor.runHere({ assumeIsolated { $0.commitHere() } }) {
        return
      }
      executor.run { self.assumeIsolated { $0.commit() } }
    }
    guard let outcome = request.outcome else { throw JournalWriter<P>.unanswered }
    return try outcome.get()
  }

  /// On the thread of a task that waits for no more than its own append.
  private func commitHere() {
    answerWaiting()
    if writer?.isCompactionDue == true {
      executor.run { self.assumeIsolated { $0.writer?.compactIfDue() } }
    }
    endCommit()
  }

  private func commit() {
    answerWaiting()
    writer?.compactIfDue()
    endCommit()
  }

  private func answerWaiting() {
    var calls = waiting.take()
    guard !calls.isEmpty else { return }
    writer?.commit(calls.map(\.request)) {
      let joined = waiting.join()
      calls += joined
      return joined.map(\.request)
    } meanwhile: {
      for call in calls { call.callMeanwhile() }
    }
    keepAnswers(of: calls)
    // From here on the requests are the tasks' own, to free them too.
    let tasks = calls.map(\.task)
    calls = []
    for task in tasks { task.resume() }
    if case .interval(let interval) = options.durability { planSync(after: interval) }
  }

  private func keepAnswers(of calls: [WaitingAppends.Call]) {
    answered = []
    // One that was alone is on its task's own thread, mostly.
    guard calls.count > 1 else { return }
    let outcomes = calls.map(\.request.outcome)
    let size = outcomes.reduce(0) { size, outcome in
      guard case .success(let receipt)? = outcome else { return size }
      return size + receipt.size
    }
    if size <= 1 << 20 { answered = outcomes }
  }

  private func endCommit() {
    if waiting.end() { executor.run { self.assumeIsolated { $0.commit() } } }
  }

  /// A sync that fails ends the writer: the next call is told.
  private func planSync(after interval: Duration) {
    guard !syncIsPlanned else { return }
    syncIsPlanned = true
    Task { [weak self] in
      try? await Task.sleep(for: interval)
      await self?.plannedSync()
    }
  }

  private func plannedSync() {
    syncIsPlanned = false
    try? writer?.sync()
  }
}
