extension JournalWriter {
  /// Answers requests: as many as fit share one write, and all of them one sync.
  ///
  /// - Parameters:
  ///   - joining: gives those who have come meanwhile; none where nobody will.
  ///   - meanwhile: is called when all of them have their answers, which may not be durable yet.
  package func commit(
    _ first: [AnyAppendRequest], joining: () -> [AnyAppendRequest] = { [] },
    meanwhile: () -> Void = {}
  ) {
    var requests = first
    var waiting = first
    var backoff = Backoff()
    var attempts = 0
    do throws(JournalError) {
      while !waiting.isEmpty {
        if let death { throw death }
        try catchUp()
        withdrawGivenUp(requests)
        let outcome = try round(&waiting) {
          // Later on they would share the attempts of those who came first.
          guard attempts == 0 else { return [] }
          let joined = joining()
          requests += joined
          return joined
        }
        guard outcome == .lost else { continue }
        attempts += 1
        if attempts >= options.attempts { throw gaveUp(attempts) }
        system.clock.pause(backoff.next(system.random))
      }
    } catch {
      withdrawGivenUp(requests)
      for request in waiting { request.outcome = .failure(error) }
    }
    meanwhile()
    // Every answer waits for what it rests on, refusals too.
    do throws(JournalError) {
      try makeDurableByPolicy()
    } catch {
      for request in requests { request.outcome = withdrawn(request.outcome, error) }
    }
  }

  /// After a repair that was met on the way, what was answered before it may have been given up.
  private func withdrawGivenUp(_ requests: [AnyAppendRequest]) {
    guard metRepair else { return }
    metRepair = false
    for request in requests {
      guard case .success(let receipt) = request.outcome, !receipt.entries.isEmpty else { continue }
      request.outcome = .failure(Self.givenUp(fold.path))
    }
  }

  private static func givenUp(_ path: String) -> JournalError {
    JournalError(
      .outcomeUnknown, "the journal was repaired right after, and this may have been given up",
      hint: "look at the history, or try again with the same idempotency key", file: path)
  }

  /// An answer that cannot be given, because the handle died before it was durable.
  private func withdrawn(
    _ outcome: Result<Receipt, any Error>?, _ error: JournalError
  ) -> Result<Receipt, any Error> {
    switch outcome {
    case .failure(let known as JournalError) where known.code == .outcomeUnknown:
      return .failure(known)
    case .success(let receipt) where !receipt.entries.isEmpty && error.code != .syncFailed:
      return .failure(outcomeUnknown(error))
    default: return .failure(error)
    }
  }

  private enum Round { case done, lost }

  /// One attempt: decides, writes, and sees what became of it. Requests that have their answer
  /// leave `waiting`.
  private func round(
    _ waiting: inout [AnyAppendRequest], joining: () -> [AnyAppendRequest]
  ) throws(JournalError) -> Round {
    let head = self.head
    var batch = newBatch(openedAt: waiting.first?.openedAt)
    noteDebris(in: &batch)
    var decided = Decision<P>(on: fold.state, head: batch.base)
    decided.decide(waiting, base: fold.state, keys: fold.keys, batch: &batch)
    while !decided.isOver {
      let joined = joining()
      if joined.isEmpty { break }
      waiting += joined
      decided.decide(joined, base: fold.state, keys: fold.keys, batch: &batch)
    }

    // What was decided before the first line of the batch rests on accepted lines alone.
    for answer in decided.firm { answer.request.outcome = answer.outcome }
    if !decided.firm.isEmpty { keepUnanswered(&waiting) }
    guard !decided.provisional.isEmpty else { return .done }
    if batch.end >= options.segmentLimit { batch.add(.sealed) }

    guard try prepareToAppend(on: head) else { return .lost }
    let accepted = try write(batch, leaving: decided.state)
    for answer in decided.provisional {
      // A refusal has no line of its own: it stands if all that came before it does.
      guard accepted.contain(answer.last ?? batch.head.hash) else { continue }
      answer.request.outcome = answer.outcome.map { $0.standing(as: accepted) }
    }
    keepUnanswered(&waiting)
    return accepted.contain(batch.head.hash) ? .done : .lost
  }

  private func keepUnanswered(_ waiting: inout [AnyAppendRequest]) {
    var rest: [AnyAppendRequest] = []
    for request in waiting where request.outcome == nil { rest.append(request) }
    waiting = rest
  }

  /// Appends a batch.
  ///
  /// - Parameter state: what the batch makes of the state, if nobody comes between.
  /// - Returns: those of its lines that were accepted.
  private func write(
    _ batch: LineBatch, leaving state: P
  ) throws(JournalError) -> AcceptedLines {
    guard let walk, let appender else { throw Self.unanswered }
    let end = walk.end.offset + walk.end.unfinished
    try appender.reserve(batch.bytes.count, after: end)
    let landing = appender.append(
      batch.bytes, end: end, isLineOpen: walk.end.unfinished > 0)
    // It may stand elsewhere in the segment than was thought when it was made.
    let start = end + (walk.end.unfinished > 0 ? 1 : 0)
    if case .atEnd(let position) = landing, batch.segment == walk.segment, batch.offset == start {
      if options.durability == .everyAppend { try beginSync(appender, from: start, to: position) }
      walk.passOwn(batch.entries, endingAt: position)
      fold.state = state
      var start: Int64?
      for entry in batch.entries {
        fold.keys.remember(entry, groupStart: start ?? entry.seq)
        start = entry.more ? start ?? entry.seq : nil
      }
      return .all
    }
    // Others may have come between, and behind: the state is what is read.
    fold.watched = batch.attempt.nonce
    fold.landed = [:]
    defer { fold.watched = nil }
    do throws(JournalError) {
      try catchUp()
    } catch {
      throw outcomeUnknown(error)
    }
    switch landing {
    case .atEnd, .somewhere: break
    case .refused(let error):
      if fold.landed.isEmpty { throw error }
    case .open(let written, let error):
      // Only the very last byte of a line is missing its newline: anybody's next write closes it.
      if batch.endsLine(at: written) { throw outcomeUnknown(error) }
      if fold.landed.isEmpty { throw error }
    }
    return .some(fold.landed)
  }

  /// Reads what came since, into the state.
  func catchUp() throws(JournalError) {
    if let walk {
      do throws(JournalError) {
        try walk.advance(&fold)
        restarts = 0
      } catch {
        try startAnew(walk, after: error)
      }
      if let damage = walk.damage { throw die(damage.error) }
      if let failure = fold.failure { throw die(failure) }
    } else if let folder = try system.fileSystem.journalFolder(name.text, in: root) {
      try enter(folder)
    }
  }

  /// Where history was dropped or given up under this handle, only a new look tells the state.
  func startAnew(_ walk: JournalWalk, after error: JournalError) throws(JournalError) {
    if error.code == .repaired { metRepair = true }
    guard error.code == .pruned || error.code == .repaired, fold.watched == nil else {
      throw error
    }
    restarts += 1
    guard restarts < 5 else { throw die(error) }
    try enterAnew(walk.folder)
  }

  /// An empty batch at the known end, with the line that opens a new journal.
  ///
  /// - Parameter openedAt: when that was; nil where it is as it is recorded.
  func newBatch(openedAt: Timestamp? = nil) -> LineBatch {
    let goesOn = walk?.chain.isSealed == true || walk?.segment == nil
    let segment = goesOn ? head.seq + 1 : walk?.segment ?? 1
    let end = goesOn ? JournalWalk.End() : walk?.end ?? JournalWalk.End()
    let start = end.offset + (end.unfinished > 0 ? end.unfinished + 1 : 0)
    return LineBatch(
      on: head, segment: segment, offset: start, attempt: newAttempt(),
      time: walk?.chain.time ?? .earliest, opening: head.seq == 0 ? name : nil, openedAt: openedAt)
  }

  /// Begins a batch with a note of what a crash left behind, for the auditor.
  private func noteDebris(in batch: inout LineBatch) {
    guard let walk, head.seq > 0, !walk.debris.isEmpty else { return }
    // Nothing rests on it: where it cannot be read now, the next write notes it.
    if let data = try? walk.debris.noted(in: walk.folder) { batch.add(.recovered, data) }
  }

  /// Records an entry of the engine's own, durably.
  func record(_ type: EngineType, _ data: JSONObject = JSONObject()) throws(JournalError) {
    var backoff = Backoff()
    for _ in 0..<options.attempts {
      if let death { throw death }
      try catchUp()
      let head = self.head
      var batch = newBatch()
      batch.add(type, data)
      if try prepareToAppend(on: head) {
        let accepted = try write(batch, leaving: fold.state)
        if accepted.contain(batch.head.hash) { return try makeDurable() }
      }
      system.clock.pause(backoff.next(system.random))
    }
    throw gaveUp(options.attempts)
  }

  private func newAttempt() -> LineEncoder.Attempt {
    // A clock that steps back is clamped: no entry is earlier than the one before it.
    LineEncoder.Attempt(
      time: max(system.clock.now(), walk?.chain.time ?? .earliest), durable: durable,
      nonce: system.random.next())
  }

  private func gaveUp(_ attempts: Int) -> JournalError {
    JournalError(
      .gaveUp, "other writers were first, \(attempts) times in a row",
      hint: "nothing was recorded; try again, or allow more attempts", file: fold.path)
  }

  private func outcomeUnknown(_ cause: JournalError) -> JournalError {
    JournalError(
      .outcomeUnknown, "what was written may count or not: \(cause.message)",
      hint: "look at the history, or try again with the same idempotency key",
      file: cause.file, errno: cause.errno)
  }
}
