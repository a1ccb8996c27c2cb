import JournalEngine
import JournalTestSupport

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
  private var processes: [MemoryFileSystem] = []

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
  func process() -> MemoryFileSystem {
    let process = MemoryFileSystem(on: disk)
    processes.append(process)
    return process
  }

  /// Lets go of what the hooks of processes hold, which may be the run itself.
  func end() {
    for process in processes {
      process.onOperation = nil
      process.chooseFault = nil
    }
  }

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
