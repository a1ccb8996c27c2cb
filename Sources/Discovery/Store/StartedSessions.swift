import JournalEngine

/// Where a store started sessions: of each profile the last one, for no other goes on.
struct StartedSessions {
  private var profiles: [ExactName: JournalName] = [:]
  private var newest: [JournalName: ExactName] = [:]

  var count: Int { profiles.count }

  subscript(_ session: String) -> JournalName? { profiles[ExactName(session)] }

  mutating func note(_ session: String, in profile: JournalName) {
    forget(profile)
    profiles[ExactName(session)] = profile
    newest[profile] = ExactName(session)
  }

  mutating func forget(_ profile: JournalName) {
    if let session = newest.removeValue(forKey: profile) { profiles[session] = nil }
  }
}
