import JournalEngine
import JournalTestSupport
import Synchronization

/// What one writer does in a random run, and what it was told.
final class WriterScript: Sendable {
  enum Answer {
    case recorded(ClosedRange<Int64>)
    case repeated(ClosedRange<Int64>)
    case refused
    case unknown
  }

  struct Call {
    let tags: [String]
    let id: String?
    let answer: Answer
  }

  private struct State {
    var calls: [Call] = []
    var violation: String?
  }

  private let journal: TestJournal
  private let number: Int
  private let seed: UInt64
  private let state = Mutex(State())
  /// Used by the script's thread, and after its end by whoever checks.
  private nonisolated(unsafe) var writer: JournalWriter<Tally>?

  init(_ journal: TestJournal, number: Int, seed: UInt64) {
    self.journal = journal
    self.number = number
    self.seed = seed
  }

  var calls: [Call] { state.withLock { $0.calls } }
  var violation: String? { state.withLock { $0.violation } }

  /// The state that the writer has once it has read everything.
  func lastState() throws -> Tally? {
    try writer?.refresh()
    return writer?.state
  }

  /// Works for so many steps; `turn` is called before each operation on the files.
  func run(steps: Int, _ turn: @escaping () -> Void) {
    var random = SeededGenerator(seed: seed)
    var faults = SeededGenerator(seed: seed ^ 0xFA17)
    let system = MemoryFileSystem(on: journal.disk)
    let shortWrites = random.pick([0, 0, 10, 3])
    system.onOperation = { _ in turn() }
    system.chooseFault = { operation in
      guard shortWrites > 0, faults.once(in: shortWrites) else { return nil }
      switch operation.kind {
      case .append:
        if faults.once(in: 8) { return .error(.planned(.diskFull)) }
        if faults.once(in: 8) { return .late(.planned(.io)) }
        // Often just before the last newline.
        return .short(faults.once(in: 3) ? operation.count - 1 : faults.below(operation.count + 1))
      case .read: return .short(1 + faults.below(400))
      default: return nil
      }
    }
    let durability = random.pick([
      Durability.everyAppend, .everyAppend, .interval(.milliseconds(5)), .none,
    ])
    func open() -> JournalWriter<Tally>? {
      let options = WriteOptions(durability: durability, attempts: 1000)
      do { return try journal.writer(on: system, options: options) } catch {
        fail("opening: \(error)")
        return nil
      }
    }
    writer = open()
    for step in 0..<steps {
      guard let current = writer, violation == nil else { break }
      switch random.below(12) {
      case 0:
        // Dies, without a word to anybody, and comes back.
        writer = open()
      case 1: attempt("refresh") { try current.refresh() }
      case 2: attempt("sync") { try current.sync() }
      case 3:
        call(tags: ["\(number).\(step) refused"], id: nil) {
          try current.decide { _ in throw Violation("refused") }
        }
      default:
        let tags = (0...random.below(3)).map { "\(number).\(step).\($0)" }
        let id = random.once(in: 3) ? "key \(random.below(12))" : nil
        call(tags: tags, id: id) {
          try current.append(contentsOf: tags, id: id)
        }
      }
      if random.once(in: 6) { journal.clock.advance(by: .milliseconds(random.below(10))) }
      if random.once(in: 9) {
        journal.clock.set(Timestamp(microseconds: RawLines.time.microseconds))
      }
    }
    // At rest nothing goes wrong any more.
    system.chooseFault = nil
    system.onOperation = nil
  }

  private func call(tags: [String], id: String?, _ body: () throws -> Receipt) {
    let answer: Answer
    do {
      let receipt = try body()
      guard let seqs = receipt.seqs else { return fail("no numbers for \(tags)") }
      answer = receipt.isRepeated ? .repeated(seqs) : .recorded(seqs)
    } catch let error as JournalError where error.code == .outcomeUnknown {
      answer = .unknown
    } catch let error as JournalError where ![.diskFull, .io].contains(error.code) {
      return fail("\(tags): \(error)")
    } catch {
      answer = .refused
    }
    state.withLock { $0.calls.append(Call(tags: tags, id: id, answer: answer)) }
  }

  private func attempt(_ what: String, _ body: () throws -> Void) {
    do { try body() } catch { fail("\(what): \(error)") }
  }

  private func fail(_ text: String) {
    state.withLock { $0.violation = $0.violation ?? "writer \(number): \(text)" }
  }
}
