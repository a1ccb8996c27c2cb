/// What a batch of requests decides, one after the other, each on the state that the ones before
/// it leave. Nothing is final that rests on lines which are not accepted yet.
struct Decision<P: Projection> {
  typealias Outcome = Result<Receipt, any Error>

  /// The head after all of it.
  private var head: Head
  /// The state after all of it.
  private(set) var state: P
  /// A state that others hold too is copied when it is changed. So it is changed in place, and made
  /// anew from the batch where a request fails halfway; once that has happened, each works on a
  /// copy.
  private var isInPlace = true
  /// The idempotency keys of the batch.
  private var used: Set<JSONKey> = []
  /// Whether one waits for a later batch, and so all who come after it.
  private(set) var isOver = false
  /// Answers that rest on accepted lines alone.
  private(set) var firm: [DecidedAnswer] = []
  /// Answers that hold if the batch is accepted, or its lines up to the answer's last. Begins with
  /// one that has lines of its own.
  private(set) var provisional: [DecidedAnswer] = []

  /// - Parameters:
  ///   - state: on which the first request is decided.
  ///   - head: of the batch that lines are added to.
  init(on state: P, head: Head) {
    self.state = state
    self.head = head
  }

  /// Decides as many requests as fit into the batch, and adds their lines to it.
  ///
  /// - Parameter base: what the first request of all was decided on.
  mutating func decide(
    _ requests: [AnyAppendRequest], base: P, keys: IdempotencyKeys,
    batch: inout LineBatch
  ) {
    for asked in requests where asked.outcome == nil {
      // Whoever asks another journal than this one is told so.
      guard let request = asked as? AppendRequest<P> else {
        add(asked, .failure(JournalWriter<P>.unanswered), last: nil)
        continue
      }
      isOver = isOver || batch.isFull
      if isOver { return }
      if let id = request.id {
        if let record = keys[id] {
          let receipt = Receipt(record, head: head)
          add(request, Outcome { try Self.look(request, self.state, receipt) }, last: nil)
          continue
        }
        // Another request of the batch has the key: its lines answer this one once they stand.
        isOver = !used.insert(JSONKey(text: id)).inserted
        if isOver { return }
      }
      do {
        let events = try request.decide(self.state)
        var texts: [RecordedText] = []
        texts.reserveCapacity(events.count)
        for event in events { texts.append(try P.text(of: event)) }
        let group = try batch.make(
          texts, by: request.by, id: request.id, times: request.times?() ?? [])
        let entries = group.entries
        let before = isInPlace ? nil : self.state
        let receipt: Receipt
        do {
          // What counts is what the line says, not what it was made of.
          for index in entries.indices {
            if texts[index].readsBackEqual {
              try self.state.apply(events[index], from: entries[index])
            } else {
              try self.state.fold(entries[index])
            }
          }
          let last = entries.last.map { Head(seq: $0.seq, hash: $0.hash) }
          // A look that throws is an answer too, and one that nothing must be recorded for.
          receipt = try Self.look(
            request, self.state, Receipt(entries: entries, head: last ?? head))
        } catch {
          self.state = try before ?? batch.entries.reduce(into: base) { try $0.fold($1) }
          isInPlace = false
          throw error
        }
        batch.add(group)
        head = receipt.head
        add(request, .success(receipt), last: entries.last?.hash)
      } catch {
        add(request, .failure(error), last: nil)
      }
    }
  }

  private static func look(
    _ request: AppendRequest<P>, _ state: P, _ receipt: Receipt
  ) throws -> Receipt {
    try request.look(state, receipt)
    return receipt
  }

  private mutating func add(_ request: AnyAppendRequest, _ outcome: Outcome, last: Digest?) {
    let answer = DecidedAnswer(request: request, outcome: outcome, last: last)
    if provisional.isEmpty, last == nil {
      firm.append(answer)
    } else {
      provisional.append(answer)
    }
  }
}
