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
    let receipt = try writer.decide(by: by, id: id) { try command.decide(on: $0) }
    try command.check(receipt, id: id)
    let outcome = Outcome(
      profile: profile, state: writer.state, receipt: receipt)
    noteStart(receipt, in: profile)
    try writer.close()
    return outcome
  }

  /// The names of all profiles, in order; nil where the root does not exist.
  public func names() throws -> [JournalName]? {
    try JournalReader.names(in: root, system: system)
  }

  /// A profile's state at a point of its history.
  ///
  /// - Throws: `DiscoveryError` `notFound` where there is no such profile at that point;
  ///   `JournalError` as `JournalReader.replay`.
  public func replay(_ profile: JournalName, at point: Point = .head) throws -> Replay<Profile> {
    let replay = try reader(profile).replay(Profile.self, until: point)
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
  /// - Throws: `DiscoveryError` `notFound` where no journal holds it.
  public func profile(of session: String) throws -> JournalName {
    guard let journal = try SessionIndex(root: root, system: system).journal(of: session) else {
      throw DiscoveryError.noSession(session)
    }
    return journal
  }

  /// Reads a profile's journal.
  public func reader(_ profile: JournalName) -> JournalReader {
    JournalReader(profile, in: root, system: system)
  }

  private func noteStart(_ receipt: Receipt, in profile: JournalName) {
    guard receipt.type == EventType.sessionStarted, !receipt.isRepeated,
      let session = receipt.subject
    else { return }
    SessionIndex(root: root, system: system).add(session, in: profile)
  }
}

extension ProfileCommand {
  /// A key that was used before must have been used for the same.
  func check(_ receipt: Receipt, id: String?) throws {
    guard receipt.isRepeated else { return }
    let sameSession = session == nil || session == receipt.subject
    guard receipt.type == eventType, sameSession else {
      throw DiscoveryError(
        .conflict,
        "the key \(id ?? "") stands on entry \(receipt.seqs?.upperBound ?? 0), "
          + "a \(receipt.type ?? "") of \(receipt.subject ?? "the profile")",
        hint: "use a new key for a new call")
    }
  }
}
