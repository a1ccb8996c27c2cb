import Discovery
import JournalEngine
import LegacyProfiles

/// What both earlier services have in common, on the new store.
@available(*, deprecated)
struct LegacyStore: Sendable {
  let store: ProfileStore
  let layout: LegacyLayout
  let by: String?

  // MARK: Profiles

  /// A profile's status; nil where it is not there, was deleted, or has sessions only.
  func status(_ profileID: String) async throws -> ProfileStatus? {
    do {
      return Self.shown(try await store.status(of: JournalName(profileID)))
    } catch let error as DiscoveryError where error.code == .notFound {
      return nil
    } catch let error as JournalError where error.code == .notFound {
      return nil
    }
  }

  func profile(_ profileID: String) async throws -> LegacyProfile? {
    try await status(profileID).map { LegacyProfile($0, in: layout) }
  }

  /// All that are not deleted, each with its status.
  func all() async throws -> [ProfileStatus] {
    var all: [ProfileStatus] = []
    for name in try await store.list() {
      if let status = try await status(name.text) { all.append(status) }
    }
    return all
  }

  /// Sets and removes members, and records nothing where nothing changes. What the file shows
  /// beyond the fields is no change either.
  func update(
    _ current: ProfileStatus, set: JSONObject, unset: [String] = []
  ) async throws {
    let before = LegacyProfile(current, in: layout).members
    let changed = LegacyProfile.fields(set).filter { before[$0.name] != $0.value }
    let gone = unset.filter { !LegacyProfile.computed.contains($0) }
    guard !changed.isEmpty || !gone.isEmpty else { return }
    try await store.update(
      current.profile, set: JSONObject(changed.map { ($0.name, $0.value) }), unset: gone, by: by)
  }

  /// Brings a profile to a status that a member names; words that are no status here say nothing.
  func move(_ current: ProfileStatus, to member: JSON?) async throws {
    let (profile, status) = (current.profile, current.state.status)
    guard let wanted = member?.string.flatMap(Profile.Status.init(rawValue:)), wanted != status
    else { return }
    switch wanted {
    case .active: try await store.restore(profile, by: by)
    case .archived: try await store.archive(profile, by: by)
    case .deleted: try await store.delete(profile, by: by)
    }
  }

  private static func shown(_ status: ProfileStatus) -> ProfileStatus? {
    status.state.status != .deleted && ProfileDocument.isNeeded(status.state)
      && (status.state.isDeclared || !status.state.fields.isEmpty) ? status : nil
  }

  // MARK: Sessions

  func session(_ id: String) async throws -> DiscoverySession? {
    do {
      let profile = try await store.profile(of: id)
      return DiscoverySession(try await store.session(id, in: profile), of: profile)
    } catch let error as DiscoveryError where error.code == .notFound {
      return nil
    }
  }

  /// A profile's sessions, newest first; none where it is not there.
  func sessions(
    of profileID: String, status: String? = nil, limit: Int?
  ) async throws -> [DiscoverySession] {
    let wanted = status.map { Session.Status(rawValue: $0) }
    // A status that none can have.
    if case .some(nil) = wanted { return [] }
    do {
      let profile = try JournalName(profileID)
      return try await store.sessions(of: profile, status: wanted ?? nil, limit: limit)
        .map { DiscoverySession($0, of: profile) }
    } catch let error as DiscoveryError where error.code == .notFound {
      return []
    } catch let error as JournalError where error.code == .notFound {
      return []
    }
  }

  /// - Returns: false where there is no such session.
  func complete(
    _ session: String, found: [String: Int]?, total: Int, notes: String?
  ) async throws -> Bool {
    let counts = found.map { found in
      found.sorted { $0.key < $1.key }.map { TrackCount($0.key, Int64($0.value)) }
    }
    return try await changing {
      try await store.complete(
        session,
        .init(
          opportunitiesFound: counts, total: total == 0 ? nil : Int64(total), notes: notes), by: by)
    }
  }

  /// - Returns: false where there is no such session.
  func fail(_ session: String, errors: [String]) async throws -> Bool {
    try await changing {
      try await store.fail(
        session, errors: errors.isEmpty ? ["no error was given"] : errors, by: by)
    }
  }

  private func changing(_ change: () async throws -> Session) async throws -> Bool {
    do {
      _ = try await change()
      return true
    } catch let error as DiscoveryError where error.code == .notFound {
      return false
    }
  }
}
