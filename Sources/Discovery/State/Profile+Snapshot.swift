public import JournalEngine

/// A snapshot holds the state's ``json``, whole: what the digest is taken of is what is read back.
extension Profile {
  public func snapshot() -> JSON? { json }

  /// - Throws: where a member is missing or is not what it should be.
  public init(snapshot: JSON, version: Int) throws {
    self.init()
    let state = Fields(snapshot.object ?? [:])
    status = try state.required("status", state.word("status"))
    isDeclared = try state.flag("declared") ?? false
    createdAt = try state.time("created_at")
    updatedAt = try state.time("updated_at")
    fields = try state.object("fields")
    for (name, origin) in try state.object("provenance") {
      provenance[name] = try Provenance(Fields(origin.object ?? [:]))
    }
    currentSession = try state.text("current_session")
    imports = try (state.array("imports") ?? []).map { $0.object ?? [:] }
    for session in try state.array("sessions") ?? [] {
      table.append(try Session(Fields(session.object ?? [:])))
    }
    let last = Fields(try state.object("last_transition"))
    if !last.object.isEmpty {
      lastTransition = Transition(
        session: try last.required("session", last.text("session")),
        status: try last.required("status", last.word("status")),
        time: try last.required("time", last.time("time")))
    }
  }
}

extension Profile.Provenance {
  fileprivate init(_ members: Fields) throws {
    seq = try members.required("seq", members.count("seq"))
    time = try members.required("time", members.time("time"))
    by = try members.text("by")
    source = try members.text("source")
    confidence = try members.number("confidence")
  }
}

extension Session {
  fileprivate init(_ members: Fields) throws {
    self.init(
      id: try members.required("session_id", members.text("session_id")),
      startedAt: try members.required("started_at", members.time("started_at")),
      seqStarted: try members.required("seq_started", members.count("seq_started")),
      tracks: try members.texts("tracks_executed"), params: try members.object("params"))
    status = try members.required("status", members.word("status"))
    endedAt = try members.time("completed_at")
    seqEnded = try members.count("seq_ended")
    errors = try members.texts("error_messages")
    notes = try members.text("notes")
    reason = try members.word("reason")
    supersededBy = try members.text("superseded_by")
    found = try members.counts("found") ?? []
    givenCounts = try members.counts("given_counts")
    givenTotal = try members.count("given_total")
  }
}
