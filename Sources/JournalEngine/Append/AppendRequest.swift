/// One caller's append, from its question to its answer.
package final class AppendRequest<P: Projection> {
  let by: String?
  let id: String?
  /// Sees the state at the head and returns what to record, or throws.
  let decide: (P) throws -> [P.Event]
  /// Sees the state right after, before anybody else changed it.
  let look: (P, Receipt) throws -> Void

  /// The answer; nil until there is one.
  package internal(set) var outcome: Result<Receipt, any Error>?

  package init(
    by: String?, id: String?, decide: @escaping (P) throws -> [P.Event],
    look: @escaping (P, Receipt) throws -> Void = { _, _ in }
  ) {
    self.by = by
    self.id = id
    self.decide = decide
    self.look = look
  }
}
