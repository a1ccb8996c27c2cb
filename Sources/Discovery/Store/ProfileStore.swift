public import JournalEngine

/// All profiles of a root, for tasks: the service that an application calls.
///
/// Any number of stores, in any number of processes, may work on one root. A call returns once
/// what it recorded is durable, and whatever the disk does, the cooperative pool has a thread that
/// goes on.
///
/// What records throws ``DiscoveryError`` where the rules refuse, and `JournalError` where recording
/// fails, as ``Profiles/perform(_:on:by:id:)``; nothing was recorded then, but for `outcomeUnknown`.
/// What reads throws ``DiscoveryError`` `notFound`, and `JournalError`, `damaged` among them.
public actor ProfileStore {
  public nonisolated let root: String
  let system: JournalSystem
  let options: WriteOptions
  /// Journals that are open, the one used last at the end.
  var open: [JournalName: Task<Journal<Profile>, any Error>] = [:]
  var recent: [JournalName] = []
  var started = StartedSessions()
  let limit: Int
  let reading = ReadingRoom()
  let hints: SessionHints

  /// - Parameters:
  ///   - root: the folder of all journals, one a profile.
  ///   - system: files, time and chance.
  ///   - options: how journals are opened for writing.
  ///   - openJournals: how many are kept open; each holds two descriptors and its state.
  public init(
    root: String, system: JournalSystem = JournalSystem(),
    options: WriteOptions = WriteOptions(), openJournals: Int = 256
  ) {
    self.root = root
    self.system = system
    self.options = options
    limit = max(1, openJournals)
    hints = SessionHints(SessionIndex(root: root, system: system))
  }

  // MARK: Profiles

  /// Creates a profile.
  @discardableResult
  public func create(
    _ profile: JournalName, fields: JSONObject = JSONObject(), by: String? = nil,
    id: String? = nil
  ) async throws -> ProfileStatus {
    try await status(after: .create(fields: fields), on: profile, by: by, id: id)
  }

  /// Sets and removes fields.
  @discardableResult
  public func update(
    _ profile: JournalName, set: JSONObject, unset: [String] = [],
    origin: DiscoveryEvent.Origin = .init(), by: String? = nil, id: String? = nil
  ) async throws -> ProfileStatus {
    try await status(
      after: .update(set: set, unset: unset, origin: origin), on: profile, by: by, id: id)
  }

  /// Archives a profile: no session is started in it until it is restored.
  @discardableResult
  public func archive(
    _ profile: JournalName, reason: String? = nil, by: String? = nil, id: String? = nil
  ) async throws -> ProfileStatus {
    try await status(after: .archive(reason: reason), on: profile, by: by, id: id)
  }

  /// Brings an archived or deleted profile back.
  @discardableResult
  public func restore(
    _ profile: JournalName, reason: String? = nil, by: String? = nil, id: String? = nil
  ) async throws -> ProfileStatus {
    try await status(after: .restore(reason: reason), on: profile, by: by, id: id)
  }

  /// Marks a profile as deleted. Its history stays.
  @discardableResult
  public func delete(
    _ profile: JournalName, reason: String? = nil, by: String? = nil, id: String? = nil
  ) async throws -> ProfileStatus {
    try await status(after: .delete(reason: reason), on: profile, by: by, id: id)
  }

  /// A profile's status, now or at a point of its history.
  ///
  /// - Throws: `DiscoveryError` `notFound`; `JournalError`, `damaged` among them.
  public func status(of profile: JournalName, at point: Point = .head) async throws
    -> ProfileStatus
  {
    if point == .head, let known = await stateOfHandle(profile) {
      let now = system.clock.now()
      return try await reading.run {
        try ProfileStatus(profile, state: known.state, head: known.head, now: now)
      }
    }
    let profiles = self.profiles
    return try await reading.run {
      let replay = try profiles.state(of: profile, at: point)
      if let damage = replay.damage { throw damage.error }
      return try ProfileStatus(
        profile, state: replay.state, head: replay.head, now: profiles.moment(of: point, replay))
    }
  }

  /// The names of all profiles, in order.
  public func list() async throws -> [JournalName] {
    let profiles = self.profiles
    return try await reading.run { try profiles.names() ?? [] }
  }

  // MARK: Sessions

  /// Starts a session. One that runs is failed as abandoned, in the same atomic group.
  ///
  /// - Parameter id: an idempotency key: the same call with the same key returns the session that
  ///   the first one started.
  @discardableResult
  public func start(
    _ profile: JournalName, tracks: [String] = [], params: JSONObject = JSONObject(),
    by: String? = nil, id key: String? = nil
  ) async throws -> Session {
    let id = SessionID.make(system.random)
    let session = try await self.session(
      after: .start(session: id, tracks: tracks, params: params), on: profile, by: by, id: key)
    if open[profile] != nil { started.note(session.id, in: profile) }
    return session
  }

  /// Records what a running session found.
  @discardableResult
  public func found(
    _ session: String, track: String, count: Int64? = nil, opportunities: [JSON]? = nil,
    in profile: JournalName? = nil, by: String? = nil, id: String? = nil
  ) async throws -> Session {
    try await inPlace(of: session, profile) { profile in
      try await self.session(
        after: .found(session: session, track: track, count: count, opportunities: opportunities),
        on: profile, by: by, id: id)
    }
  }

  /// Completes a session.
  @discardableResult
  public func complete(
    _ session: String, _ results: DiscoveryEvent.Results = .init(), in profile: JournalName? = nil,
    by: String? = nil, id: String? = nil
  ) async throws -> Session {
    try await inPlace(of: session, profile) { profile in
      try await self.session(
        after: .complete(session: session, results), on: profile, by: by, id: id)
    }
  }

  /// Fails a session.
  @discardableResult
  public func fail(
    _ session: String, errors: [String], in profile: JournalName? = nil, by: String? = nil,
    id: String? = nil
  ) async throws -> Session {
    try await inPlace(of: session, profile) { profile in
      try await self.session(
        after: .fail(session: session, errors: errors), on: profile, by: by, id: id)
    }
  }

  /// A session by its id.
  ///
  /// - Parameter profile: where it is; nil to look it up.
  public func session(_ id: String, in profile: JournalName? = nil) async throws -> Session {
    try await inPlace(of: id, profile) { profile in
      let state = try await state(of: profile)
      return try await reading.run {
        guard let session = try state.session(id) else { throw DiscoveryError.noSession(id) }
        return session
      }
    }
  }

  /// A profile's sessions, newest first.
  ///
  /// - Parameters:
  ///   - status: only those; nil for all.
  ///   - limit: at most so many; nil for all.
  public func sessions(
    of profile: JournalName, status: Session.Status? = nil, limit: Int? = nil
  ) async throws -> [Session] {
    let state = try await state(of: profile)
    return try await reading.run { try state.sessions(status: status, limit: limit) }
  }

  /// What happens to a profile from now on, or from a place in its history.
  public nonisolated func follow(
    _ profile: JournalName, from start: EntrySequence.Start = .now
  ) -> EntrySequence {
    JournalReader(profile, in: root, system: system).follow(from: start)
  }

  /// Why the last snapshot of a profile that was due could not be written; nil where it was, or the
  /// profile's journal is not open. What was recorded stands, but opening takes longer.
  public func compactionFailure(of profile: JournalName) async -> JournalError? {
    await (try? open[profile]?.value)?.compactionFailure
  }

  /// Ends all handles, whatever becomes of one of them.
  ///
  /// - Throws: the first error that closing one gave.
  public func close() async throws {
    let opened = open.values
    open = [:]
    recent = []
    started = StartedSessions()
    var failure: (any Error)?
    for opening in opened {
      // One that could not be opened told its caller so.
      guard let journal = try? await opening.value else { continue }
      do {
        try await journal.close()
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}
