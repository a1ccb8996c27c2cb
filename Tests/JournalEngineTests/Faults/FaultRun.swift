import JournalEngine
import JournalTestSupport

/// A workload while it runs, with one call that goes wrong.
final class FaultRun {
  enum Answer: Equatable {
    case recorded
    case refused
    case unknown
  }

  let journal: TestJournal
  let system: MemoryFileSystem
  /// The handle, as long as it is held.
  var writer: JournalWriter<Tally>?
  /// What was answered, and how many calls on the files there had been by then.
  private(set) var answers: [(tag: String, answer: Answer, calls: Int)] = []
  /// What was told to callers, in order; none where nothing failed for them.
  private(set) var errors: [any Error] = []
  /// What readers found.
  private(set) var findings: [String] = []
  /// The call that went wrong.
  private(set) var failed: Operation?
  private(set) var failedAt: Int?

  /// - Parameter fault: which call goes wrong, counted from 0, and how.
  init(_ workload: FaultWorkload, fault: (index: Int, kind: FaultKind)? = nil) throws {
    journal = try TestJournal()
    try workload.prepare(journal)
    system = MemoryFileSystem(on: journal.disk)
    system.chooseFault = { [unowned self] operation in
      guard let fault, system.log.count == fault.index + 1 else { return nil }
      failed = operation
      failedAt = fault.index
      return fault.kind.fault(of: operation)
    }
  }

  func open(_ options: WriteOptions = WriteOptions()) {
    attempt { writer = try journal.writer(on: system, options: options) }
  }

  /// Records a tag and its twin as a group, under the tag as key.
  func append(_ tag: String) {
    guard let writer else { return }
    var answer = Answer.recorded
    attempt {
      do {
        _ = try writer.append(contentsOf: Self.group(tag), id: tag)
      } catch {
        let code = (error as? JournalError)?.code
        answer = code == .outcomeUnknown || code == .syncFailed ? .unknown : .refused
        throw error
      }
    }
    answers.append((tag, answer, system.log.count))
  }

  func compact(pruneBefore: Point? = nil) {
    guard let writer else { return }
    attempt { try writer.compact(CompactionOptions(pruneBefore: pruneBefore)) }
  }

  /// Keeps what a reader finds.
  func find(_ body: (JournalReader) throws -> String) {
    attempt { findings.append(try body(journal.reader(on: system))) }
  }

  static func group(_ tag: String) -> [String] { [tag, tag + "'"] }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch { errors.append(error) }
  }
}
