public import JournalEngine

/// A snapshot holds what the digest is taken of, but for the sessions that are settled; and, to
/// settle the others, where their entries stand.
extension Profile {
  public func snapshot() -> JSON? {
    var object = ownMembers
    object["settled"] = .number(JSONNumber(settled.count))
    object["tally"] = .object(tally.members)
    object["sessions"] = .array(table.oldestFirst.map { .object($0.snapshotMembers) })
    return .object(object)
  }

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
    alsoRunning = try state.texts("also_running")
    imports = try (state.array("imports") ?? []).map { $0.object ?? [:] }
    // Version 1 had no tables.
    settled = SettledRecords(count: try state.count("settled").flatMap { Int(exactly: $0) } ?? 0)
    tally = try Tally(Fields(state.object("tally")))
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
      place: try LineStart(members),
      tracks: try members.texts("tracks_executed"), params: try members.object("params"))
    status = try members.required("status", members.word("status"))
    endedAt = try members.time("completed_at")
    seqEnded = try members.count("seq_ended")
    endCheck = try members.text("end_check").flatMap { UInt64($0, radix: 16) }
    notes = try members.text("notes")
    details.errors = try members.texts("error_messages")
    details.reason = try members.word("reason")
    details.supersededBy = try members.text("superseded_by")
    found = try members.counts("found") ?? []
    givenCounts = try members.counts("given_counts")
    givenTotal = try members.count("given_total")
    details.imported = try members.object("imported")
  }
}

extension Session {
  fileprivate var snapshotMembers: JSONObject {
    var members = stateMembers
    if let place {
      members["segment"] = .number(JSONNumber(place.segment))
      members["offset"] = .number(JSONNumber(place.offset))
    }
    members["end_check"] = endCheck.map { .string(String($0, radix: 16)) }
    return members
  }
}

extension LineStart {
  fileprivate init?(_ members: Fields) throws {
    guard let seq = try members.count("seq_started"), let segment = try members.count("segment"),
      let offset = try members.count("offset")
    else { return nil }
    self.init(seq: seq, segment: segment, offset: offset)
  }
}

extension Tally {
  fileprivate var members: JSONObject {
    [
      "completed": .number(JSONNumber(completed)), "failed": .number(JSONNumber(failed)),
      "duration": JSONNumber(duration).map(JSON.number) ?? .null,
      "failure_streak": .number(JSONNumber(failureStreak)),
      "tracks": .array(
        tracks.map { .array([.string($0.track), .number(JSONNumber($0.count))]) }),
    ]
  }

  fileprivate init(_ members: Fields) throws {
    self.init()
    completed = try members.tallied("completed")
    failed = try members.tallied("failed")
    duration = try members.number("duration")?.double ?? 0
    failureStreak = try members.tallied("failure_streak")
    for pair in try members.array("tracks") ?? [] {
      guard let pair = pair.array, pair.count == 2, let track = pair[0].string,
        let count = pair[1].int
      else { throw UnexpectedField(name: "tracks", expected: "pairs of a name and a count") }
      add(TrackCount(track, count))
    }
  }
}

extension Fields {
  /// How often something happened: so far from where numbers end that it can be counted on.
  fileprivate func tallied(_ name: String) throws -> Int {
    Int(clamping: min(try count(name) ?? 0, 1 << 60))
  }
}
