/// One caller's append, from its question to its answer.
package final class AppendRequest<P: Projection> {
  let by: String?
  let id: String?
  /// Sees the state at the head and returns what to record, or throws.
  let decide: (P) throws -> [P.Event]
  /// When the events that were decided last happened, for each of them; nil where that is as they
  /// are recorded. What the journal holds is never older than the entry before it.
  let times: (() -> [Timestamp])?
  /// When a journal that this begins was opened; nil where that is as it is recorded.
  let openedAt: Timestamp?
  /// Sees the state right after, before anybody else changed it.
  let look: (P, Receipt) throws -> Void

  /// The answer; nil until there is one.
  package internal(set) var outcome: Result<Receipt, any Error>?

  package init(
    by: String?, id: String?, decide: @escaping (P) throws -> [P.Event],
    times: (() -> [Timestamp])? = nil, openedAt: Timestamp? = nil,
    look: @escaping (P, Receipt) throws -> Void = { _, _ in }
  ) {
    self.by = by
    self.id = id
    self.decide = decide
    self.times = times
    self.openedAt = openedAt
    self.look = look
  }
}
