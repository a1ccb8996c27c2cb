/// One caller's append, from its question to its answer.
package final class AppendRequest<P: Projection>: AnyAppendRequest {
  /// Sees the state at the head and returns what to record, or throws.
  let decide: (P) throws -> [P.Event]
  /// Sees the state right after, before anybody else changed it.
  let look: (P, Receipt) throws -> Void

  package init(
    by: String?, id: String?, decide: @escaping (P) throws -> [P.Event],
    times: (() -> [Timestamp])? = nil, openedAt: Timestamp? = nil,
    look: @escaping (P, Receipt) throws -> Void = { _, _ in }
  ) {
    self.decide = decide
    self.look = look
    super.init(by: by, id: id, times: times, openedAt: openedAt)
  }
}
