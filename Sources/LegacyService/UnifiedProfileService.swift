public import Discovery
public import JournalEngine
import LegacyProfiles

/// The service of the second of the earlier stores, a folder a profile, with its calls and their
/// defaults, on the journals alone. `Docs/Migration.md` says for each call what takes its place.
///
/// Where the old one gave false, nil or an empty array because something was not there, so does
/// this. Where it gave them because something went wrong, and where it did what the rules refuse,
/// this throws: `DiscoveryError` `conflict`, `JournalError`.
@available(*, deprecated, message: "use ProfileStore of the module Discovery")
public struct UnifiedProfileService: Sendable {
  /// The store that does the work, for code that is on its way there.
  public let store: ProfileStore
  private let legacy: LegacyStore

  /// - Parameters:
  ///   - dataDir: the root of the journals, where `daybook import` puts them; not the folder of the
  ///     old files.
  ///   - by: who is recorded as having done it; nobody where it is nil.
  @available(*, deprecated, message: "use ProfileStore(root:)")
  public init(dataDir: String = "Journals", by: String? = nil) {
    self.init(store: ProfileStore(root: dataDir), by: by)
  }

  /// - Parameter store: one that is used beside this.
  @available(*, deprecated, message: "use the store itself")
  public init(store: ProfileStore, by: String? = nil) {
    self.store = store
    legacy = LegacyStore(store: store, layout: .folders, by: by)
  }

  // MARK: Sessions

  /// Starts a session; one that runs is failed as abandoned.
  ///
  /// - Returns: the session's id.
  /// - Throws: `DiscoveryError` `conflict` where the profile is archived or deleted.
  @available(
    *, deprecated,
    message: "use ProfileStore.start(_:tracks:params:), which returns the Session"
  )
  @discardableResult
  public func startDiscoverySession(
    profileID: String, tracks: [String]? = nil, sessionParams: JSONObject? = nil
  ) async throws -> String? {
    try await store.start(
      JournalName(profileID), tracks: tracks ?? [], params: sessionParams ?? [:], by: legacy.by
    ).id
  }

  /// Completes a session.
  ///
  /// - Parameters:
  ///   - opportunitiesFound: track to count; what was found while it ran where it is nil.
  ///   - totalOpportunities: the sum of the counts where it is 0.
  ///   - notes: a remark.
  /// - Returns: false where there is no such session.
  /// - Throws: `DiscoveryError` `conflict` where it has ended.
  @available(
    *, deprecated,
    message: "use ProfileStore.complete(_:_:), which throws notFound where this returns false"
  )
  @discardableResult
  public func completeDiscoverySession(
    sessionID: String, opportunitiesFound: [String: Int]? = nil, totalOpportunities: Int = 0,
    notes: String? = nil
  ) async throws -> Bool {
    try await legacy.complete(
      sessionID, found: opportunitiesFound, total: totalOpportunities, notes: notes)
  }

  /// Fails a session.
  ///
  /// - Returns: false where there is no such session.
  /// - Throws: `DiscoveryError` `conflict` where it has ended.
  @available(
    *, deprecated,
    message: "use ProfileStore.fail(_:errors:), which throws notFound where this returns false"
  )
  @discardableResult
  public func failDiscoverySession(
    sessionID: String, errors: [String]? = nil
  ) async throws -> Bool {
    try await legacy.fail(sessionID, errors: errors ?? [])
  }

  /// A session by its id; nil where there is none.
  @available(
    *, deprecated,
    message: "use ProfileStore.session(_:), which throws notFound where this returns nil"
  )
  public func getSession(sessionID: String) async throws -> DiscoverySession? {
    try await legacy.session(sessionID)
  }

  /// A profile's sessions, newest first.
  ///
  /// - Parameters:
  ///   - statusFilter: `in_progress`, `completed` or `failed`; all where it is nil.
  ///   - limit: at most so many.
  @available(*, deprecated, message: "use ProfileStore.sessions(of:status:limit:)")
  public func getProfileSessions(
    profileID: String, statusFilter: String? = nil, limit: Int = 10
  ) async throws -> [DiscoverySession] {
    try await legacy.sessions(of: profileID, status: statusFilter, limit: max(0, limit))
  }

  // MARK: Profiles

  /// Creates a profile.
  ///
  /// - Returns: true.
  /// - Throws: `DiscoveryError` `conflict` where it exists.
  @available(*, deprecated, message: "use ProfileStore.create(_:fields:)")
  @discardableResult
  public func createProfile(_ profile: LegacyProfile) async throws -> Bool {
    try await store.create(
      JournalName(profile.profileID), fields: LegacyProfile.fields(profile.members), by: legacy.by)
    return true
  }

  /// A profile; nil where there is none.
  @available(
    *, deprecated,
    message: "use ProfileStore.status(of:), which throws notFound where this returns nil"
  )
  public func getProfile(profileID: String) async throws -> LegacyProfile? {
    try await legacy.profile(profileID)
  }

  /// Puts a profile in place of what is recorded of it: sets what differs, removes what it does not
  /// have, and records nothing where nothing changes.
  ///
  /// - Returns: false where there is no such profile.
  @available(*, deprecated, message: "use ProfileStore.update(_:set:unset:)")
  @discardableResult
  public func updateProfile(_ profile: LegacyProfile) async throws -> Bool {
    guard let current = try await legacy.status(profile.profileID) else { return false }
    let gone = current.state.fields.names.filter { profile[$0] == nil }
    try await legacy.update(current, set: profile.members, unset: gone)
    try await legacy.move(current, to: profile["status"])
    return true
  }

  /// Marks a profile as deleted.
  ///
  /// - Returns: false where there is no such profile.
  /// - Throws: `DiscoveryError` `conflict` where a session runs.
  @available(*, deprecated, message: "use ProfileStore.delete(_:)")
  @discardableResult
  public func deleteProfile(profileID: String) async throws -> Bool {
    guard let current = try await legacy.status(profileID) else { return false }
    try await store.delete(current.profile, by: legacy.by)
    return true
  }

  /// The profiles by their names, the deleted left out.
  ///
  /// - Parameters:
  ///   - limit: at most so many.
  ///   - offset: so many of the first are left out.
  ///   - search: only those whose name, EIN or id holds it, whatever the case of A to Z.
  @available(*, deprecated, message: "use ProfileStore.list() and ProfileStore.status(of:)")
  public func listProfiles(
    limit: Int = 50, offset: Int = 0, search: String? = nil
  ) async throws -> [LegacyProfile] {
    let all = try await legacy.all().map { LegacyProfile($0, in: .folders) }
    let found = all.filter { profile in
      guard let search, !search.isEmpty else { return true }
      let texts = [profile["organization_name"]?.string, profile["ein"]?.string, profile.profileID]
      return texts.contains { $0?.holds(search) == true }
    }
    let sorted = found.sorted { ($0.name ?? "", $0.profileID) < ($1.name ?? "", $1.profileID) }
    return Array(sorted.dropFirst(max(0, offset)).prefix(max(0, limit)))
  }
}

extension String {
  /// Whether it holds a text, whatever the case of A to Z.
  fileprivate func holds(_ text: String) -> Bool {
    func folded(_ text: String) -> [UInt8] {
      text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
    }
    let (own, wanted) = (folded(self), folded(text))
    guard own.count >= wanted.count else { return false }
    return (0...own.count - wanted.count).contains { own[$0...].starts(with: wanted) }
  }
}
