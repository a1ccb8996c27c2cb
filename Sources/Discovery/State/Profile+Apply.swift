public import JournalEngine

/// An entry contradicts what stands before it, as no rule of ours would have let it.
struct Contradiction: Error, CustomStringConvertible {
  let description: String
}

extension Profile {
  public mutating func apply(_ event: DiscoveryEvent, from entry: Entry) throws {
    switch event {
    case .profileCreated(let fields, let origin):
      isDeclared = true
      set(fields, origin, entry)
    case .profileUpdated(let changes, let unset, let origin):
      fields.remove(unset)
      for name in unset { provenance[name] = nil }
      set(changes, origin, entry)
    case .profileArchived: status = .archived
    case .profileRestored: status = .active
    case .profileDeleted: status = .deleted
    case .sessionStarted(let id, let tracks, let params):
      try start(id, tracks, params, nil, entry)
    case .earlierSessionStarted(let id, let tracks, let params, let earlier):
      try start(id, tracks, params, earlier, entry)
    case .sessionFound(let id, let track, let count, let opportunities):
      let count = count ?? Int64(opportunities?.count ?? 0)
      try change(id) { $0.add(count, on: track) }
    case .sessionCompleted(let id, let results):
      try complete(id, results, entry)
    case .sessionFailed(let id, let failure):
      try end(id, .failed, entry) { session in
        session.details.errors = failure.errors
        session.details.reason = failure.reason
        session.details.supersededBy = failure.supersededBy
        session.end(imported: failure.imported)
      }
    case .imported(let data): imports.append(data)
    }
    noteTime(of: entry)
  }

  mutating func noteTime(of entry: Entry) {
    if createdAt == nil { createdAt = entry.time }
    updatedAt = entry.time
  }

  private mutating func set(
    _ changes: JSONObject, _ origin: DiscoveryEvent.Origin, _ entry: Entry
  ) {
    for (name, value) in changes {
      fields[name] = value
      provenance[name] = Provenance(
        seq: entry.seq, time: entry.time, by: entry.by, source: origin.source,
        confidence: origin.confidence)
    }
  }

  mutating func start(
    _ id: String, _ tracks: [String], _ params: JSONObject,
    _ earlier: DiscoveryEvent.Earlier?, _ entry: Entry
  ) throws {
    guard !table.contains(id) else { throw Contradiction(description: "\(id) was started before") }
    try checkRunning(id, beside: earlier?.beside ?? [])
    table.append(
      Session(
        id: id, startedAt: entry.time, seqStarted: entry.seq,
        place: LineStart(
          seq: entry.seq, segment: entry.place.segment, offset: entry.place.offset),
        tracks: tracks, params: params, imported: earlier?.imported ?? JSONObject()))
    if let currentSession { alsoRunning.append(currentSession) }
    currentSession = id
    lastTransition = Transition(session: id, status: .inProgress, time: entry.time)
  }

  mutating func complete(
    _ id: String, _ results: DiscoveryEvent.Results, _ entry: Entry
  ) throws {
    try end(id, .completed, entry) { session in
      session.givenCounts = results.opportunitiesFound
      session.givenTotal = results.total
      session.notes = results.notes
      session.end(imported: results.imported)
    }
  }

  /// A session starts while others run only if it says so, and which.
  private func checkRunning(_ id: String, beside: [String]) throws {
    if isPartial || (currentSession == nil && beside.isEmpty) { return }
    let running = self.running
    guard Set(running.map(ExactName.init)) != Set(beside.map(ExactName.init)) else { return }
    let others = running.isEmpty ? "nothing" : running.joined(separator: " and ")
    let own = beside.isEmpty ? "" : " beside \(beside.joined(separator: " and "))"
    throw Contradiction(
      description:
        "\(id) is started\(own) while \(others) \(running.count > 1 ? "are" : "is") in progress"
    )
  }

  private mutating func end(
    _ id: String, _ status: Session.Status, _ entry: Entry, _ body: (inout Session) -> Void
  ) throws {
    let (time, seq, check) = (entry.time, entry.seq, entry.check)
    try change(id) { session in
      session.status = status
      session.endedAt = time
      session.seqEnded = seq
      session.endCheck = check
      body(&session)
    }
    if currentSession?.isExactly(id) == true {
      currentSession = alsoRunning.popLast()
    } else if !alsoRunning.isEmpty {
      alsoRunning.removeAll { $0.isExactly(id) }
    }
    lastTransition = Transition(session: id, status: status, time: time)
  }

  private mutating func change(_ id: String, _ body: (inout Session) -> Void) throws {
    let isThere = try table.update(id) { session in
      guard session.status == .inProgress else {
        throw Contradiction(description: "\(id) is \(session.status.rawValue) already")
      }
      body(&session)
    }
    guard isThere || isPartial else { throw Contradiction(description: "\(id) was never started") }
  }
}

extension Session {
  /// What a running session's file said of its end no longer counts once it has ended.
  fileprivate mutating func end(imported members: JSONObject) {
    guard !imported.isEmpty || !members.isEmpty else { return }
    for name in Self.membersOfTheEnd { details.imported[name] = nil }
    for (name, value) in members { details.imported[name] = value }
  }

  private static let membersOfTheEnd = [
    "completed_at", "status", "execution_time_seconds", "opportunities_found",
    "total_opportunities", "error_messages", "notes",
  ]
}
