/// What a batch of requests decides, one after the other, each on the state that the ones before
/// it leave. Nothing is final that rests on lines which are not accepted yet.
struct Decision<P: Projection> {
  typealias Outcome = Result<Receipt, any Error>

  /// The state after all of it.
  private(set) var state: P
  /// Answers that rest on accepted lines alone.
  private(set) var firm: [(AppendRequest<P>, Outcome)] = []
  /// Answers that hold if the batch is accepted, or its lines up to `last`; nil where the answer
  /// has no line of its own. Begins with one that has.
  private(set) var provisional: [(AppendRequest<P>, Outcome, last: Digest?)] = []

  /// Decides as many requests as fit into the batch, and adds their lines to it.
  init(
    _ requests: [AppendRequest<P>], state: P, keys: IdempotencyKeys, batch: inout LineBatch
  ) {
    self.state = state
    var used: Set<JSONKey> = []
    for request in requests where request.outcome == nil {
      if batch.isFull { break }
      if let id = request.id {
        if let record = keys[id] {
          answer(request, Receipt(record, head: batch.head))
          continue
        }
        // Another request of the batch has the key: its lines answer this one once they stand.
        guard used.insert(JSONKey(text: id)).inserted else { break }
      }
      do {
        let entries = try batch.make(contents(request))
        var next = self.state
        for entry in entries { try next.fold(entry) }
        batch.add(entries)
        self.state = next
        answer(request, Receipt(entries: entries, head: batch.head))
      } catch {
        add(request, .failure(error), last: nil)
      }
    }
  }

  private func contents(_ request: AppendRequest<P>) throws -> [LineEncoder.Content] {
    let events = try request.decide(state).map(P.encode)
    return try events.enumerated().map { index, event in
      // The key stands on the group's last line: once it is read, the whole group is known.
      let id = index == events.count - 1 ? request.id : nil
      return try LineEncoder.Content(event, by: request.by, id: id)
    }
  }

  private mutating func answer(_ request: AppendRequest<P>, _ receipt: Receipt) {
    let outcome = Outcome {
      try request.look(state, receipt)
      return receipt
    }
    add(request, outcome, last: receipt.entries.last?.hash)
  }

  private mutating func add(_ request: AppendRequest<P>, _ outcome: Outcome, last: Digest?) {
    if provisional.isEmpty, last == nil {
      firm.append((request, outcome))
    } else {
      provisional.append((request, outcome, last))
    }
  }
}
