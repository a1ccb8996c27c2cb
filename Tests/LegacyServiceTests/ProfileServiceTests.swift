import Discovery
import JournalEngine
import JournalTestSupport
import LegacyService
import Testing

@Suite("The service of the flat store")
struct ProfileServiceTests {
  let place: Place

  init() throws { place = try Place() }

  @available(*, deprecated)
  private var service: ProfileService { ProfileService(store: place.store) }

  @available(*, deprecated)
  @Test("A profile gets an id, whatever its data say, and its sessions run")
  func profile() async throws {
    let profile = try await service.createProfile(["name": "Acme", "profile_id": "mine"])
    #expect(profile.profileID.wholeMatch(of: /profile_[0-9a-f]{12}/) != nil)
    #expect(profile["profile_id"] == .string(profile.profileID))
    #expect(profile["discovery_count"] == 0)
    let id = profile.profileID
    let session = try #require(
      try await service.startDiscoverySession(profileID: id, tracks: ["nonprofit"]))
    #expect(session.status == "in_progress")
    #expect(try await service.isDiscoveryInProgress(profileID: id))
    #expect(
      try await service.completeDiscoverySession(
        sessionID: session.sessionID, opportunitiesFound: ["nonprofit": 4],
        totalOpportunities: 4, executionTime: 99, errorMessages: ["one source", "timed out"]))
    let done = try #require(try await service.getSession(sessionID: session.sessionID))
    #expect((done.executionTimeSeconds ?? -1) >= 0)
    #expect(done.notes == "one source\ntimed out")
    #expect(try await !service.isDiscoveryInProgress(profileID: id))
    let after = try #require(try await service.getProfile(profileID: id))
    #expect(after.discoveryStatus == "completed")
    #expect(after["discovery_count"] == 1)
    #expect(after["last_discovery_date"]?.string?.contains(" ") == true)
  }

  @available(*, deprecated)
  @Test("A session is not started without its profile")
  func noProfile() async throws {
    #expect(try await service.startDiscoverySession(profileID: "p") == nil)
    try await place.store.start(JournalName("p"))
    #expect(try await service.startDiscoverySession(profileID: "p") == nil)
    #expect(try place.recorded("p") == ["session.started"])
  }

  @available(*, deprecated)
  @Test("All sessions are given where no limit is, or 0")
  func limits() async throws {
    let id = try await service.createProfile([:]).profileID
    for _ in 0..<12 { try await service.startDiscoverySession(profileID: id) }
    #expect(try await service.getProfileSessions(profileID: id).count == 12)
    #expect(try await service.getProfileSessions(profileID: id, limit: 0).count == 12)
    let two = try await service.getProfileSessions(profileID: id, limit: 2)
    #expect(two.map(\.status) == ["in_progress", "failed"])
  }

  @available(*, deprecated)
  @Test("To end what has ended is a conflict; what is not there is false")
  func endsOnce() async throws {
    let id = try await service.createProfile([:]).profileID
    let session = try #require(try await service.startDiscoverySession(profileID: id)).sessionID
    #expect(try await service.failDiscoverySession(sessionID: session, errorMessages: ["e"]))
    #expect(
      await isConflict {
        try await service.failDiscoverySession(sessionID: session, errorMessages: ["e"])
      })
    #expect(await isConflict { try await service.completeDiscoverySession(sessionID: session) })
    #expect(try await !service.completeDiscoverySession(sessionID: "s"))
    #expect(try await !service.failDiscoverySession(sessionID: "s", errorMessages: ["e"]))
  }

  @available(*, deprecated)
  @Test("An update sets some members, moves the status, and leaves the rest")
  func update() async throws {
    let id = try await service.createProfile(["name": "Acme", "a": 1]).profileID
    #expect(try await service.updateProfile(profileID: "p", updateData: ["a": 2]) == nil)
    let updated = try await service.updateProfile(
      profileID: id, updateData: ["a": 2, "discovery_status": "completed"])
    #expect(updated?["a"] == 2)
    #expect(updated?["name"] == "Acme")
    #expect(updated?.discoveryStatus == "never_run")
    _ = try await service.updateProfile(profileID: id, updateData: ["a": 2])
    #expect(try place.recorded(id) == ["profile.created", "profile.updated"])
    let archived = try await service.updateProfile(
      profileID: id, updateData: ["status": "archived"])
    #expect(archived?.status == "archived")
    #expect(
      await isConflict { try await service.startDiscoverySession(profileID: id) })
    let active = try await service.updateProfile(profileID: id, updateData: ["status": "active"])
    #expect(active?.status == "active")
  }

  @available(*, deprecated)
  @Test("To delete is to archive, however often")
  func delete() async throws {
    let id = try await service.createProfile([:]).profileID
    #expect(try await service.deleteProfile(profileID: id))
    #expect(try await service.deleteProfile(profileID: id))
    #expect(try await service.getProfile(profileID: id)?.status == "archived")
    #expect(try place.recorded(id) == ["profile.created", "profile.archived"])
    #expect(try await !service.deleteProfile(profileID: "p"))
  }

  @available(*, deprecated)
  @Test("The list begins with what changed last, and is chosen by status and type")
  func list() async throws {
    let health = try await service.createProfile(["organization_type": "healthcare"]).profileID
    let plain = try await service.createProfile([:]).profileID
    let gone = try await service.createProfile([:]).profileID
    place.clock.advance(by: .seconds(1))
    try await service.deleteProfile(profileID: gone)
    place.clock.advance(by: .seconds(1))
    _ = try await service.updateProfile(profileID: health, updateData: ["a": 1])
    func ids(_ profiles: [LegacyProfile]) -> [String] { profiles.map(\.profileID) }
    #expect(ids(try await service.listProfiles()) == [health, gone, plain])
    #expect(ids(try await service.listProfiles(status: "active")) == [health, plain])
    #expect(ids(try await service.listProfiles(status: "archived")) == [gone])
    #expect(ids(try await service.listProfiles(organizationType: "nonprofit")) == [gone, plain])
    #expect(ids(try await service.listProfiles(limit: 1, offset: 1)) == [gone])
    #expect(try await service.listProfiles(limit: 0).count == 3)
  }
}
