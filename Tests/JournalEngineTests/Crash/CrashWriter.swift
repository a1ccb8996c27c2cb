import JournalEngine
import JournalTestSupport

/// A writer of a ``CrashRun``: what it is told, is noted.
final class CrashWriter {
  let journal: JournalWriter<Chronicle>
  private unowned let run: CrashRun
  private let isDurable: Bool

  init(_ journal: JournalWriter<Chronicle>, in run: CrashRun, isDurable: Bool) {
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
