public import JournalEngine

/// What is to be known of a profile at a glance.
public struct ProfileStatus: Sendable {
  public enum Discovery: String, Sendable, Hashable {
    case neverRun = "never_run"
    case inProgress = "in_progress"
    case completed
    case failed
  }

  public let profile: JournalName
  public let state: Profile
  public let head: Head
  public let analytics: Analytics

  /// - Parameters:
  ///   - head: the entry that the state goes up to.
  ///   - now: what days are counted to.
  /// - Throws: as ``Analytics/init(_:now:)``.
  public init(_ profile: JournalName, state: Profile, head: Head, now: Timestamp) throws {
    self.profile = profile
    self.state = state
    self.head = head
    analytics = try Analytics(state, now: now)
  }

  /// The status of the session that changed last.
  public var discovery: Discovery {
    switch state.lastTransition?.status {
    case nil: .neverRun
    case .inProgress: .inProgress
    case .completed: .completed
    case .failed: .failed
    }
  }

  /// The status as programs see it.
  public var json: JSON {
    [
      "profile_id": .string(profile.text),
      "status": .string(state.status.rawValue),
      "discovery_status": .string(discovery.rawValue),
      "last_discovery_at": .text(state.lastTransition?.time),
      "current_session": .text(state.currentSession),
      "discovery_count": .number(JSONNumber(state.sessionCount)),
      "created_at": .text(state.createdAt),
      "updated_at": .text(state.updatedAt),
      "fields": .object(state.fields),
      "analytics": analytics.json,
      "seq": .number(JSONNumber(head.seq)),
      "head": .string(head.hash.description),
    ]
  }
}
