import JournalEngine
import JournalTestSupport

/// What somebody was told, and the line that it rests on: it must be there from then on, whatever
/// happens to the power.
struct Promise {
  /// How many changes the disk had seen.
  var after: Int
  let line: Head
  let what: String
}

/// Processes at work on one journal of one disk, and what they were told.
final class CrashRun {
  let disk: MemoryDisk
  let name: JournalName
  let root = "/journals"
  let clock = ManualClock()
  private(set) var promises: [Promise] = []
  /// The tags that were recorded under a key, whatever came of it.
  private(set) var keyed: [String: [String]] = [:]
  /// The tags that were to be recorded together or not at all.
  private(set) var groups: [[String]] = []
  /// Lines that somebody was told to be his.
  private var owned: Set<Digest> = []
  /// What went wrong where it could not be thrown.
  private(set) var failures: [any Error] = []
  /// Whether the journal may be found damaged, and is to be repaired then.
  var isDamaged = false
  /// What was done on another disk, before.
  private(set) var past: [DiskChange] = []
  private let random: SeededRandom
  /// Writers are closed when they go: not before the run is over.
  private var writers: [CrashWriter] = []

  let options: WriteOptions

  init(on image: DiskImage = DiskImage(), options: WriteOptions, seed: UInt64) throws {
    self.options = options
    disk = MemoryDisk(image)
    random = SeededRandom(seed: seed)
    name = try JournalName("j")
  }

  /// The same processes on another disk.
  func onAnotherDisk(seed: UInt64) throws -> CrashRun {
    try CrashRun(options: options, seed: seed)
  }

  /// A new process, and its own way to the disk.
  func process() -> MemoryFileSystem { MemoryFileSystem(on: disk) }

  private func system(_ process: MemoryFileSystem) -> JournalSystem {
    JournalSystem(fileSystem: process, clock: clock, random: random)
  }

  func open(
    _ process: MemoryFileSystem? = nil, _ durability: Durability = .everyAppend
  ) throws -> CrashWriter {
    var options = self.options
    options.durability = durability
    let writer = try JournalWriter<Chronicle>(
      name, in: root, system: system(process ?? self.process()), options: options)
    promise(writer.head, "what was read when it was opened")
    let opened = CrashWriter(writer, in: self, isDurable: durability == .everyAppend)
    writers.append(opened)
    return opened
  }

  var reader: JournalReader { JournalReader(name, in: root, system: system(process())) }

  func promise(_ line: Head, _ what: String) {
    guard line != .none else { return }
    promises.append(Promise(after: disk.changeCount, line: line, what: what))
  }

  /// Whatever was tried on another disk may be found on this one.
  func follow(_ run: CrashRun) { past += run.disk.history.changes }

  /// Repairs what is damaged.
  func repair(_ process: MemoryFileSystem? = nil) throws {
    let reader = JournalReader(name, in: root, system: system(process ?? self.process()))
    let plan = try JournalRepair(reader, options: options).apply()
    if let plan { promise(plan.from, "a repair") }
  }

  func note(_ tags: [String], id: String?) {
    if tags.count > 1 { groups.append(tags) }
    if let id, !tags.isEmpty { keyed[id] = keyed[id] ?? tags }
  }

  /// Each line is one append's, and no other's.
  func own(_ line: Digest) throws {
    try Violation.unless(owned.insert(line).inserted, "two appends were told of one line")
  }

  /// Does what may fail, within a call that cannot throw.
  func attempt(_ work: () throws -> Void) {
    do { try work() } catch { failures.append(error) }
  }
}

/// A writer of a ``CrashRun``: what it is told, is noted.
final class CrashWriter {
  let journal: JournalWriter<Chronicle>
  private unowned let run: CrashRun
  private let isDurable: Bool

  fileprivate init(_ journal: JournalWriter<Chronicle>, in run: CrashRun, isDurable: Bool) {
    self.journal = journal
    self.run = run
    self.isDurable = isDurable
  }

  struct Refused: Error {}

  /// - Parameter isDurable: whether the policy makes it durable; nil for what the policy always
  ///   does.
  @discardableResult
  func append(_ tags: String..., id: String? = nil, isDurable: Bool? = nil) throws -> Receipt {
    let receipts = try commit([Request(tags, id)], isDurable: isDurable)
    return receipts[0]
  }

  struct Request {
    let tags: [String]?
    let id: String?
    init(_ tags: [String]?, _ id: String? = nil) {
      self.tags = tags
      self.id = id
    }
  }

  /// Answers several requests at once; those without tags are refused by their own decision.
  @discardableResult
  func commit(_ wanted: [Request], isDurable: Bool? = nil) throws -> [Receipt] {
    var seen: [Head] = wanted.map { _ in .none }
    let requests = wanted.enumerated().map { index, request in
      run.note(request.tags ?? [], id: request.id)
      return AppendRequest<Chronicle>(by: nil, id: request.id) { state in
        seen[index] = state.last
        guard let tags = request.tags else { throw Refused() }
        return tags.map { Chronicle.Event(tag: $0) }
      }
    }
    journal.commit(requests)
    var receipts: [Receipt] = []
    for (index, request) in requests.enumerated() {
      let promises = isDurable ?? self.isDurable
      switch request.outcome {
      case .success(let receipt):
        for entry in receipt.entries { try run.own(entry.hash) }
        if promises {
          for entry in receipt.entries {
            run.promise(Head(seq: entry.seq, hash: entry.hash), "an append")
          }
          run.promise(receipt.head, receipt.isRepeated ? "seen before" : "an append's head")
        }
        receipts.append(receipt)
      case .failure(is Refused): if promises { run.promise(seen[index], "a refusal") }
      case .failure(let error): throw error
      case nil: throw Violation("a request was not answered")
      }
    }
    return receipts
  }

  func sync() throws {
    try journal.sync()
    run.promise(journal.head, "a sync")
  }

  /// Writes a snapshot, and drops what is asked for.
  @discardableResult
  func compact(pruneBefore limit: Int64? = nil) throws -> Compaction {
    let done = try journal.compact(
      CompactionOptions(pruneBefore: limit.map { Point.seq($0) }))
    run.promise(done.head, "a compaction")
    return done
  }

  func refresh() throws { try journal.refresh() }
}
