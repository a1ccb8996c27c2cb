/// A journal open for writing, synchronously: every call blocks until it has its answer.
///
/// It is the way in for programs that need no concurrency, such as a command line; ``Journal`` is
/// the same for tasks. Any number of processes may hold writers on one journal at once; no lock is
/// taken. A writer itself belongs to one thread at a time.
public final class JournalWriter<P: Projection> {
  public let name: JournalName
  let root: String
  let system: JournalSystem
  let options: WriteOptions

  var fold: Fold<P>
  var walk: JournalWalk?
  var appender: SegmentAppender?
  /// The head that was read before the last successful sync began.
  var durable: Int64 = 0
  var lastSync: Duration
  /// Why nothing more can be written by this handle.
  var death: JournalError?
  /// The newest snapshot that is known here.
  var lastSnapshot = LastSnapshot()
  /// Until then snapshots are put off, so that they take a part of a writer's time only. Zero where none
  /// was made yet.
  var compactsAfter = Duration.zero
  /// What the state leaves to tables.
  var settled: SettledRecords?
  /// A compaction that is being made meanwhile.
  var aside: CompactionAside?
  /// The snapshots that were seen to leave nothing to tables.
  var wholeSnapshots: Set<SnapshotName> = []
  /// How often the journal was read from a snapshot or its first line.
  var beginnings = 0
  /// How often in a row it was read anew.
  var restarts = 0
  /// Whether a repair gave up entries that were known here.
  var metRepair = false
  /// Snapshots that could not be used when the journal was opened.
  public internal(set) var snapshotWarnings: [SnapshotWarning] = []
  /// Why the last snapshot that the policy asked for was not written; what was recorded stands.
  public internal(set) var compactionFailure: JournalError?

  /// Opens a journal and reads its state; a journal that does not exist is made by the first
  /// append, and not before.
  ///
  /// - Parameters:
  ///   - root: the folder of all journals; made by the first append too.
  ///   - system: files, time and chance.
  /// - Throws: ``JournalError``: `damaged`, `newerFormat`, `notAFolder`, `unsafeFileSystem`,
  ///   `undecodable`, `pruned` where history was dropped and no snapshot of this projection stands for
  ///   it, and what the system calls give.
  ///
  /// Cost: reads the newest snapshot and what stands behind it, and one sync.
  public convenience init(
    _ name: JournalName, in root: String, system: JournalSystem = JournalSystem(),
    options: WriteOptions = WriteOptions()
  ) throws(JournalError) {
    try self.init(name, in: root, system: system, options: options, behind: nil)
  }

  /// - Parameter known: what another handle knows: only what stands behind that is read.
  init(
    _ name: JournalName, in root: String, system: JournalSystem, options: WriteOptions,
    behind known: KnownState<P>?
  ) throws(JournalError) {
    self.name = name
    self.root = root
    self.system = system
    self.options = options
    fold = Fold(path: root + "/" + name.text)
    lastSync = system.clock.elapsed()
    do throws(JournalError) {
      if let folder = try system.fileSystem.journalFolder(name.text, in: root) {
        try enter(folder, behind: known)
      }
    } catch {
      throw die(error)
    }
  }

  deinit {
    try? close()
  }

  /// The state at the head.
  public var state: P { fold.state }

  /// The last entry that is known here.
  public var head: Head { walk?.chain.head ?? .none }

  /// Records events, all or none.
  ///
  /// - Parameters:
  ///   - by: who or what records them.
  ///   - id: an idempotency key: the same call with the same key adds nothing the second time.
  /// - Throws: ``JournalError``: `invalidEvent`, `diskFull`, `gaveUp`, `syncFailed`,
  ///   `outcomeUnknown`, `damaged`, `closed`, what opening gives where history was dropped or given up
  ///   meanwhile, and what the system calls give. Except after `outcomeUnknown`, nothing was recorded
  ///   that will count; after `syncFailed` it may, and was not acknowledged.
  @discardableResult
  public func append(
    _ events: P.Event..., by: String? = nil, id: String? = nil
  ) throws -> Receipt {
    try decide(by: by, id: id) { _ in events }
  }

  /// Decides on the state at the head what to record, and records it, all or none.
  ///
  /// - Parameter decide: sees the state and returns the events, or throws to refuse. After a lost
  ///   race it is called again on the newer state, so it must have no effects.
  /// - Throws: what `decide` throws, once the entries that it saw are durable; and as ``append``.
  @discardableResult
  public func decide(
    by: String? = nil, id: String? = nil, _ decide: @escaping (P) throws -> [P.Event]
  ) throws -> Receipt {
    let request = AppendRequest<P>(by: by, id: id, decide: decide)
    commit([request])
    guard let outcome = request.outcome else { throw Self.unanswered }
    let receipt = try outcome.get()
    compactIfDue()
    return receipt
  }

  /// The same, and looks at the state right after, before anything else has changed it.
  ///
  /// - Parameter look: sees that state and what was done, perhaps more than once. If it throws,
  ///   nothing is recorded.
  /// - Returns: what `look` returns.
  public func decide<R>(
    by: String? = nil, id: String? = nil, _ decide: @escaping (P) throws -> [P.Event],
    look: @escaping (P, Receipt) throws -> R
  ) throws -> R {
    var seen: R?
    let request = AppendRequest<P>(
      by: by, id: id, decide: decide, look: { seen = try look($0, $1) })
    commit([request])
    guard let outcome = request.outcome else { throw Self.unanswered }
    _ = try outcome.get()
    guard let seen else { throw Self.unanswered }
    compactIfDue()
    return seen
  }

  /// The same for events that happened before they are recorded.
  ///
  /// - Parameters:
  ///   - openedAt: when a journal that this begins was opened: not later than its first event.
  ///   - decide: gives the events, each with the time when it happened, in their order. One that is
  ///     older than the entry before it is recorded with that one's time.
  @discardableResult
  package func decide(
    by: String? = nil, id: String? = nil, openedAt: Timestamp?,
    dated decide: @escaping (P) throws -> [(event: P.Event, time: Timestamp)]
  ) throws -> Receipt {
    var times: [Timestamp] = []
    let request = AppendRequest<P>(
      by: by, id: id,
      decide: { state in
        let decided = try decide(state)
        times = decided.map(\.time)
        return decided.map(\.event)
      }, times: { times }, openedAt: openedAt)
    commit([request])
    guard let outcome = request.outcome else { throw Self.unanswered }
    let receipt = try outcome.get()
    compactIfDue()
    return receipt
  }

  /// Reads what other writers have appended since, into ``state``.
  ///
  /// - Throws: ``JournalError``, as opening the journal does; `closed`.
  public func refresh() throws(JournalError) {
    if let death { throw death }
    try catchUp()
  }

  /// Makes all that was read or written so far durable.
  ///
  /// - Throws: ``JournalError``: `syncFailed`, after which the handle is of no use; `closed`.
  public func sync() throws(JournalError) {
    if let death { throw death }
    try makeDurable()
  }

  /// Makes everything durable that the policy wants durable, writes a snapshot that was put off,
  /// and ends the handle.
  ///
  /// - Throws: ``JournalError`` `syncFailed`: the handle has ended all the same.
  public func close() throws(JournalError) {
    guard death == nil else {
      // Nothing of this handle's goes on.
      endAside()
      return
    }
    defer {
      death = JournalError(.closed, "the journal was closed", hint: "open it again")
      appender = nil
    }
    if options.durability != .none {
      do throws(JournalError) {
        try makeDurable()
      } catch {
        endAside()
        throw error
      }
    }
    compactIfPutOff()
  }

  static var unanswered: JournalError {
    JournalError(.closed, "the append was not answered", hint: "open the journal again")
  }
}
