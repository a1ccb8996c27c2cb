public import Discovery
public import JournalEngine
import LegacyProfiles

/// The service of the first of the earlier stores, flat and with locks, with its calls and their
/// defaults, on the journals alone. `Docs/Migration.md` says for each call what takes its place.
///
/// Where the old one gave false, nil or an empty array because something was not there, so does
/// this. Where it gave them because something went wrong, and where it did what the rules refuse,
/// this throws: `DiscoveryError` `conflict`, `JournalError`.
@available(*, deprecated, message: "use ProfileStore of the module Discovery")
public struct ProfileService: Sendable {
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
    legacy = LegacyStore(store: store, layout: .flat, by: by)
  }

  // MARK: Sessions

  /// Starts a session; one that runs is failed as abandoned. No lock is taken, and nobody waits.
  ///
  /// - Returns: nil where there is no such profile.
  /// - Throws: `DiscoveryError` `conflict` where the profile is archived.
  @available(
    *, deprecated,
    message: "use ProfileStore.start(_:tracks:), which makes the profile's journal where it is not"
  )
  @discardableResult
  public func startDiscoverySession(
    profileID: String, tracks: [String]? = nil
  ) async throws -> DiscoverySession? {
    guard let current = try await legacy.status(profileID) else { return nil }
    let session = try await store.start(current.profile, tracks: tracks ?? [], by: legacy.by)
    return DiscoverySession(session, of: current.profile)
  }

  /// Completes a session.
  ///
  /// - Parameters:
  ///   - opportunitiesFound: track to count; what was found while it ran where it is nil.
  ///   - totalOpportunities: the sum of the counts where it is 0.
  ///   - executionTime: says nothing any more: the journal has the start and the end.
  ///   - errorMessages: what went wrong on the way; recorded in the notes, a line each.
  /// - Returns: false where there is no such session.
  /// - Throws: `DiscoveryError` `conflict` where it has ended.
  @available(
    *, deprecated,
    message: "use ProfileStore.complete(_:_:), which throws notFound where this returns false"
  )
  @discardableResult
  public func completeDiscoverySession(
    sessionID: String, opportunitiesFound: [String: Int]? = nil, totalOpportunities: Int = 0,
    executionTime: Int? = nil, errorMessages: [String]? = nil
  ) async throws -> Bool {
    let errors = errorMessages ?? []
    return try await legacy.complete(
      sessionID, found: opportunitiesFound, total: totalOpportunities,
      notes: errors.isEmpty ? nil : errors.joined(separator: "\n"))
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
    sessionID: String, errorMessages: [String]
  ) async throws -> Bool {
    try await legacy.fail(sessionID, errors: errorMessages)
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
  /// - Parameter limit: at most so many; all where it is nil or 0.
  @available(*, deprecated, message: "use ProfileStore.sessions(of:status:limit:)")
  public func getProfileSessions(
    profileID: String, limit: Int? = nil
  ) async throws -> [DiscoverySession] {
    try await legacy.sessions(of: profileID, limit: limit == 0 ? nil : limit)
  }

  /// Whether a session of the profile runs.
  @available(
    *, deprecated, message: "use ProfileStore.status(of:) and its discovery == .inProgress"
  )
  public func isDiscoveryInProgress(profileID: String) async throws -> Bool {
    try await !legacy.sessions(of: profileID, status: "in_progress", limit: 1).isEmpty
  }

  // MARK: Profiles

  /// Creates a profile under a new id.
  @available(
    *, deprecated, message: "use ProfileStore.create(_:fields:), under an id of your own"
  )
  @discardableResult
  public func createProfile(_ profileData: JSONObject) async throws -> LegacyProfile {
    let digits = SessionID.make(SystemRandomness()).dropFirst("session_".count)
    let status = try await store.create(
      JournalName("profile_\(digits)"), fields: LegacyProfile.fields(profileData), by: legacy.by)
    return LegacyProfile(status, in: .flat)
  }

  /// A profile; nil where there is none.
  @available(
    *, deprecated,
    message: "use ProfileStore.status(of:), which throws notFound where this returns nil"
  )
  public func getProfile(profileID: String) async throws -> LegacyProfile? {
    try await legacy.profile(profileID)
  }

  /// Sets members of a profile, and leaves the others; records nothing where nothing changes.
  ///
  /// - Returns: the profile as it is now; nil where there is none.
  @available(*, deprecated, message: "use ProfileStore.update(_:set:unset:)")
  @discardableResult
  public func updateProfile(
    profileID: String, updateData: JSONObject
  ) async throws -> LegacyProfile? {
    guard let current = try await legacy.status(profileID) else { return nil }
    try await legacy.update(current, set: updateData)
    try await legacy.move(current, to: updateData["status"])
    return try await legacy.profile(profileID)
  }

  /// Archives a profile.
  ///
  /// - Returns: false where there is no such profile.
  /// - Throws: `DiscoveryError` `conflict` where a session runs.
  @available(*, deprecated, message: "use ProfileStore.archive(_:), or delete(_:) to hide it")
  @discardableResult
  public func deleteProfile(profileID: String) async throws -> Bool {
    guard let current = try await legacy.status(profileID) else { return false }
    try await legacy.move(current, to: .string(Profile.Status.archived.rawValue))
    return true
  }

  /// The profiles, the one that changed last at first; the deleted are left out.
  ///
  /// - Parameters:
  ///   - status: only those, `active` or `archived`; all where it is nil.
  ///   - organizationType: only those whose `organization_type` it is; all where it is nil.
  ///   - limit: at most so many; all where it is nil or 0.
  ///   - offset: so many of the first are left out.
  @available(*, deprecated, message: "use ProfileStore.list() and ProfileStore.status(of:)")
  public func listProfiles(
    status: String? = nil, organizationType: String? = nil, limit: Int? = nil, offset: Int = 0
  ) async throws -> [LegacyProfile] {
    let all = try await legacy.all().sorted {
      ($0.state.updatedAt ?? .earliest) > ($1.state.updatedAt ?? .earliest)
    }
    let found = all.map { LegacyProfile($0, in: .flat) }.filter { profile in
      (status == nil || profile.status == status)
        && (organizationType == nil
          || profile["organization_type"]?.string == organizationType)
    }
    let rest = found.dropFirst(max(0, offset))
    guard let limit, limit != 0 else { return Array(rest) }
    return Array(rest.prefix(max(0, limit)))
  }
}
