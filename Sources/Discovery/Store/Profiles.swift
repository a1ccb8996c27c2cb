public import JournalEngine

/// All profiles of a root, synchronously: what the command line works with. ``ProfileStore`` is
/// the same for tasks.
public struct Profiles: Sendable {
  public let root: String
  public let system: JournalSystem
  public let options: WriteOptions

  /// - Parameters:
  ///   - root: the folder of all journals, one a profile.
  ///   - system: files, time and chance.
  ///   - options: how journals are opened for writing.
  public init(
    root: String, system: JournalSystem = JournalSystem(), options: WriteOptions = WriteOptions()
  ) {
    self.root = root
    self.system = system
    self.options = options
  }

  /// What a command did: the state right after it, and what was recorded.
  public struct Outcome: Sendable {
    public let profile: JournalName
    public let state: Profile
    public let receipt: Receipt
    /// Snapshots that could not be used.
    public internal(set) var warnings: [SnapshotWarning] = []
    /// Why a snapshot that was due was not written; what was recorded stands.
    public internal(set) var compactionFailure: JournalError?
  }

  /// Carries out a command: decides on the newest state, records, and answers once it is durable.
  ///
  /// - Parameters:
  ///   - by: who asks.
  ///   - id: an idempotency key.
  /// - Throws: ``DiscoveryError`` where the rules refuse, `JournalError` where recording fails.
  public func perform(
    _ command: ProfileCommand, on profile: JournalName, by: String? = nil, id: String? = nil
  ) throws -> Outcome {
    let writer = try JournalWriter<Profile>(profile, in: root, system: system, options: options)
    var outcome = try writer.decide(by: by, id: id) {
      try command.decide(on: $0)
    } look: { state, receipt in
      // Others may be behind us by now: this is the state right after the command.
      try command.check(receipt, id: id)
      return Outcome(profile: profile, state: state, receipt: receipt)
    }
    if let session = outcome.receipt.startedSession {
      SessionIndex(root: root, system: system).add(session, in: profile)
    }
    // Closing makes a snapshot that was put off.
    try writer.close()
    outcome.warnings = writer.snapshotWarnings
    outcome.compactionFailure = writer.compactionFailure
    return outcome
  }

  /// The names of all profiles, in order; nil where the root does not exist.
  public func names() throws -> [JournalName]? {
    try JournalReader.names(in: root, system: system)
  }

  /// A profile's state at a point of its history.
  ///
  /// - Parameter progress: is told how many bytes were read so far.
  /// - Throws: `DiscoveryError` `notFound` where there is no such profile at that point;
  ///   `JournalError` as `JournalReader.state`.
  ///
  /// Cost: as `JournalReader.state`.
  public func state(
    of profile: JournalName, at point: Point = .head,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> Replay<Profile> {
    let state = try reader(profile).state(Profile.self, at: point, progress: progress)
    return try existing(state, profile, point)
  }

  /// The same from the first line, ignoring snapshots.
  public func replay(
    _ profile: JournalName, at point: Point = .head,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> Replay<Profile> {
    let replay = try reader(profile).replay(Profile.self, until: point, progress: progress)
    return try existing(replay, profile, point)
  }

  private func existing(
    _ replay: Replay<Profile>, _ profile: JournalName, _ point: Point
  ) throws -> Replay<Profile> {
    if !replay.state.exists, replay.damage == nil {
      throw DiscoveryError(
        .notFound,
        point == .head
          ? "the journal \(profile) holds no profile"
          : "the profile \(profile) did not exist then",
        hint: "`daybook history \(profile)` lists what was recorded")
    }
    return replay
  }

  /// What to count days to: the point's own moment, or now.
  public func moment(of point: Point, _ replay: Replay<Profile>) -> Timestamp {
    switch point {
    case .head: system.clock.now()
    case .time(let time): min(time, system.clock.now())
    case .seq: replay.time ?? system.clock.now()
    }
  }

  /// The profile of a session.
  ///
  /// - Parameter progress: is told how many bytes were read so far.
  /// - Throws: `DiscoveryError` `notFound` where no journal holds it, `conflict` where several do.
  public func profile(
    of session: String, progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> JournalName {
    try find(session, progress: progress).journal
  }

  /// The same, with what was seen of the session.
  package func find(
    _ session: String, progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> FoundSession {
    let index = SessionIndex(root: root, system: system)
    guard let found = try index.find(session, progress: progress) else {
      throw DiscoveryError.noSession(session)
    }
    return found
  }

  /// Reads a profile's journal.
  public func reader(_ profile: JournalName) -> JournalReader {
    JournalReader(profile, in: root, system: system)
  }
}

extension ProfileCommand {
  /// A key that was used before must have been used for the same.
  func check(_ receipt: Receipt, id: String?) throws {
    guard receipt.isRepeated else { return }
    let sameSession = session.map { $0.isExactly(receipt.subject ?? "") } ?? true
    guard receipt.type == eventType, sameSession else {
      throw DiscoveryError(
        .conflict,
        "the key \(id ?? "") stands on entry \(receipt.seqs?.upperBound ?? 0), "
          + "a \(receipt.type ?? "") of \(receipt.subject ?? "the profile")",
        hint: "use a new key for a new call")
    }
  }
}
