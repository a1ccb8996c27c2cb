package import JournalEngine

/// What one process of a race does, step by step.
package struct ScheduledProcess: Sendable {
  package enum Step: Sendable {
    /// Opens the journal for writing; what was open is left as by a process that was killed.
    case open
    /// Records the tags as one group.
    case append([String], id: String? = nil)
    /// Looks at the state and refuses.
    case refuse
    /// Reads what others appended.
    case refresh
    /// Asks a reader for the head.
    case head
    /// Asks a reader for the state.
    case replay
    /// Asks a reader for the state, by way of snapshots.
    case state
    /// Writes a snapshot, and keeps no other.
    case compact
    case close
  }

  package let options: WriteOptions
  package let steps: [Step]

  package init(_ steps: Step..., options: WriteOptions = WriteOptions(attempts: 1000)) {
    self.steps = steps
    self.options = options
  }

  package init(_ steps: [Step], options: WriteOptions = WriteOptions(attempts: 1000)) {
    self.steps = steps
    self.options = options
  }

  /// Does the steps on a journal, each call told to the history.
  package func run(
    on journal: TestJournal, _ turn: Scheduler.Turn, history: History,
    fault: ((Operation) -> Fault?)? = nil
  ) {
    let fileSystem = MemoryFileSystem(on: journal.disk)
    fileSystem.onOperation = { _ in turn.take() }
    fileSystem.chooseFault = fault
    let system = JournalSystem(
      fileSystem: fileSystem, clock: ScheduledClock(journal.clock, turn), random: journal.random)
    var run = ProcessRun(
      process: turn.number, journal: journal, system: system, options: options, history: history)
    for step in steps { run.take(step) }
  }
}

/// A process while it runs.
private struct ProcessRun {
  let process: Int
  let journal: TestJournal
  let system: JournalSystem
  let options: WriteOptions
  let history: History
  var writer: JournalWriter<Tally>?

  private var reader: JournalReader {
    JournalReader(journal.name, in: journal.root, system: system)
  }

  private var isDurable: Bool { options.durability == .everyAppend }

  mutating func take(_ step: ScheduledProcess.Step) {
    switch step {
    case .open:
      writer = nil
      var opened: JournalWriter<Tally>?
      record("open", isDurable: true) {
        let writer = try JournalWriter<Tally>(
          journal.name, in: journal.root, system: system, options: options)
        opened = writer
        return .read(writer.state.tags, head: writer.head)
      }
      writer = opened
    case .append(let tags, let id):
      guard let writer else { return }
      record("append", tags, id: id, isDurable: isDurable) {
        let receipt = try writer.append(contentsOf: tags, id: id)
        guard let seqs = receipt.seqs else { throw Violation("no numbers") }
        return receipt.isRepeated ? .repeated(seqs, head: receipt.head) : .recorded(seqs)
      }
    case .refuse:
      guard let writer else { return }
      var seen: [String] = []
      record("refuse", isDurable: isDurable) {
        do {
          try writer.decide { state in
            seen = state.tags
            throw Refusal()
          }
        } catch is Refusal {}
        return .refused(seen: seen)
      }
    case .refresh:
      guard let writer else { return }
      record("refresh", isDurable: false) {
        try writer.refresh()
        return .read(writer.state.tags, head: writer.head)
      }
    case .head:
      record("head", isDurable: true) { .read(nil, head: try reader.head()) }
    case .replay:
      record("replay", isDurable: false) {
        let replay = try reader.replay(Tally.self)
        if let damage = replay.damage { throw damage.error }
        return .read(replay.state.tags, head: replay.head)
      }
    case .state:
      record("state", isDurable: false) {
        let replay = try reader.state(Tally.self)
        if let damage = replay.damage { throw damage.error }
        return .read(replay.state.tags, head: replay.head)
      }
    case .compact:
      guard let writer else { return }
      record("compact", isDurable: true) {
        let done = try writer.compact(CompactionOptions(keep: 1))
        return .read(writer.state.tags, head: done.head)
      }
    case .close:
      try? writer?.close()
      writer = nil
    }
  }

  private func record(
    _ what: String, _ tags: [String] = [], id: String? = nil, isDurable: Bool,
    _ body: () throws -> Call.Answer
  ) {
    let began = history.tick()
    var answer: Call.Answer
    do {
      answer = try body()
    } catch let error as JournalError {
      switch error.code {
      case .outcomeUnknown, .syncFailed: answer = .unknown("\(error.code)")
      // What is not there yet has no entry.
      case .notFound where tags.isEmpty: answer = .read(nil, head: .none)
      default: answer = .failed("\(error.code)")
      }
    } catch {
      answer = .failed("\(error)")
    }
    let durable = Dictionary(
      uniqueKeysWithValues: journal.disk.paths.map {
        ($0, journal.disk.durableBytes(of: $0)?.count ?? 0)
      })
    history.add(
      Call(
        process: process, what: what, tags: tags, id: id, began: began, ended: history.tick(),
        answer: answer, durable: isDurable ? durable : nil))
  }

  private struct Refusal: Error {}
}

extension JournalWriter<Tally> {
  /// Records tags as one group.
  package func append(contentsOf tags: [String], id: String?) throws -> Receipt {
    try decide(id: id) { _ in tags.map { Tally.Event($0) } }
  }
}
