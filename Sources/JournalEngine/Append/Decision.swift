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
        let known: IdempotencyKeys.Record?
        do throws(JournalError) {
          known = try keys.record(of: id, P.self)
        } catch {
          add(request, .failure(error), last: nil)
          continue
        }
        if let known {
          let receipt = Receipt(known, head: head)
          add(request, Outcome { try Self.look(request, self.state, receipt) }, last: nil)
          continue
        }
        // Another request of the batch has the key: its lines answer this one once they stand.
        isOver = !used.insert(JSONKey(text: id)).inserted
        if isOver { return }
      }
      do {
        let receipt = try record(request, base: base, batch: &batch)
        head = receipt.head
        add(request, .success(receipt), last: receipt.entries.last?.hash)
      } catch {
        add(request, .failure(error), last: nil)
      }
    }
  }

  /// Adds what a request records to the batch and to the state, or throws and adds nothing.
  private mutating func record(
    _ request: AppendRequest<P>, base: P, batch: inout LineBatch
  ) throws -> Receipt {
    let events = try request.decide(state)
    let times = request.times?() ?? []
    // The idempotency key stands on the last line: once that is read, the whole group is known.
    let last = events.count - 1
    var lines = batch.newGroup(
      count: events.count,
      size: events.count * ((request.by?.utf8.count ?? 0) + 128) + (request.id?.utf8.count ?? 0))
    var readBackEqual: [Bool] = []
    readBackEqual.reserveCapacity(events.count)
    for index in 0..<events.count {
      let text = try P.text(of: events.span[index])
      try lines.add(
        text, by: request.by, id: index == last ? request.id : nil,
        time: index < times.count ? times[index] : nil, more: index < last)
      readBackEqual.append(text.readsBackEqual)
    }
    let group = batch.finish(lines)
    let entries = group.entries
    let before = isInPlace ? nil : state
    let receipt: Receipt
    do {
      // What counts is what the line says, not what it was made of.
      for index in 0..<entries.count {
        if readBackEqual[index] {
          try state.apply(events.span[index], from: entries.span[index])
        } else {
          try state.fold(entries.span[index])
        }
      }
      let last = entries.last.map { Head(seq: $0.seq, hash: $0.hash) }
      // A look that throws is an answer too, and one that nothing must be recorded for.
      receipt = try Self.look(request, state, Receipt(entries: entries, head: last ?? head))
    } catch {
      state = try before ?? batch.entries.reduce(into: base) { try $0.fold($1) }
      isInPlace = false
      guard let error = error as? JSONError else { throw error }
      throw JournalError(
        .invalidEvent, "the event cannot be read back: \(error)",
        hint: "no name may stand twice in an object, and nothing nest too deep")
    }
    batch.add(group)
    return receipt
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
