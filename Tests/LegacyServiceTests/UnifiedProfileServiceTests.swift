import Discovery
import JournalEngine
import JournalTestSupport
import LegacyService
import Testing

@Suite("The service of the store with folders")
struct UnifiedProfileServiceTests {
  let place: Place

  init() throws { place = try Place() }

  @available(*, deprecated)
  private var service: UnifiedProfileService {
    UnifiedProfileService(store: place.store, by: "ana")
  }

  @available(*, deprecated)
  @Test("A session runs from start to end, and its id is what start returns")
  func session() async throws {
    let id = try #require(
      try await service.startDiscoverySession(
        profileID: "p", tracks: ["federal", "foundation"], sessionParams: ["max_results": 10]))
    #expect(id.hasPrefix("session_"))
    let running = try #require(try await service.getSession(sessionID: id))
    #expect(running.status == "in_progress")
    #expect(running.profileID == "p")
    #expect(running.tracksExecuted == ["federal", "foundation"])
    #expect(running.completedAt == nil)
    #expect(running.executionTimeSeconds == nil)
    place.clock.advance(by: .milliseconds(7_900))
    #expect(
      try await service.completeDiscoverySession(
        sessionID: id, opportunitiesFound: ["federal": 5, "foundation": 3],
        totalOpportunities: 8))
    let done = try #require(try await service.getSession(sessionID: id))
    #expect(done.status == "completed")
    #expect(done.opportunitiesFound == ["federal": 5, "foundation": 3])
    #expect(done.totalOpportunities == 8)
    #expect(done.executionTimeSeconds == 7)
    #expect(done.completedAt?.seconds(since: done.startedAt) == 7.9)
    #expect(done.errorMessages == [])
    #expect(done.json["session_id"] == .string(id))
    #expect(try await place.store.session(id).params == ["max_results": 10])
  }

  @available(*, deprecated)
  @Test("The defaults are those that they were")
  func defaults() async throws {
    let id = try #require(try await service.startDiscoverySession(profileID: "p"))
    #expect(try await service.getSession(sessionID: id)?.tracksExecuted == [])
    #expect(try await service.completeDiscoverySession(sessionID: id))
    let done = try #require(try await service.getSession(sessionID: id))
    #expect(done.opportunitiesFound == [:])
    #expect(done.totalOpportunities == 0)
    #expect(done.notes == nil)
    for _ in 0..<11 { try await service.startDiscoverySession(profileID: "p") }
    #expect(try await service.getProfileSessions(profileID: "p").count == 10)
    #expect(try await service.getProfileSessions(profileID: "p", limit: 50).count == 12)
    let failing = try #require(try await service.startDiscoverySession(profileID: "p"))
    #expect(try await service.failDiscoverySession(sessionID: failing))
    let failed = try #require(try await service.getSession(sessionID: failing))
    #expect(failed.status == "failed")
    #expect(failed.errorMessages == ["no error was given"])
  }

  @available(*, deprecated)
  @Test("Counts without a total have their sum, and notes are recorded")
  func sum() async throws {
    let id = try #require(try await service.startDiscoverySession(profileID: "p"))
    try await service.completeDiscoverySession(
      sessionID: id, opportunitiesFound: ["a": 1, "b": 2], notes: "first")
    let done = try #require(try await service.getSession(sessionID: id))
    #expect(done.totalOpportunities == 3)
    #expect(done.notes == "first")
  }

  @available(*, deprecated)
  @Test("To start while one runs fails that one, in the words of the old service")
  func abandoned() async throws {
    let first = try #require(try await service.startDiscoverySession(profileID: "p"))
    try await service.startDiscoverySession(profileID: "p")
    let failed = try #require(try await service.getSession(sessionID: first))
    #expect(failed.status == "failed")
    #expect(failed.errorMessages == ["Session abandoned - new session started"])
    #expect(
      try await service.getProfileSessions(profileID: "p", statusFilter: "in_progress").count == 1)
    #expect(try await service.getProfileSessions(profileID: "p", statusFilter: "lost") == [])
  }

  @available(*, deprecated)
  @Test("To end what has ended is a conflict, and changes nothing")
  func endsOnce() async throws {
    let id = try #require(try await service.startDiscoverySession(profileID: "p"))
    try await service.completeDiscoverySession(sessionID: id)
    let before = try await service.getSession(sessionID: id)
    #expect(await isConflict { try await service.completeDiscoverySession(sessionID: id) })
    #expect(await isConflict { try await service.failDiscoverySession(sessionID: id) })
    #expect(try await service.getSession(sessionID: id) == before)
  }

  @available(*, deprecated)
  @Test("What is not there is false, nil or empty")
  func missing() async throws {
    #expect(try await !service.completeDiscoverySession(sessionID: "s"))
    #expect(try await !service.failDiscoverySession(sessionID: "s", errors: ["e"]))
    #expect(try await service.getSession(sessionID: "s") == nil)
    #expect(try await service.getProfileSessions(profileID: "p") == [])
    #expect(try await service.getProfile(profileID: "p") == nil)
    #expect(try await !service.updateProfile(LegacyProfile(profileID: "p")))
    #expect(try await !service.deleteProfile(profileID: "p"))
    #expect(try await service.listProfiles() == [])
  }

  @available(*, deprecated)
  @Test("What cannot be a profile's id is an error")
  func badID() async throws {
    let error = await #expect(throws: JournalError.self) {
      try await self.service.startDiscoverySession(profileID: "../p")
    }
    #expect(error?.code == .invalidName)
    await #expect(throws: JournalError.self) {
      try await self.service.getProfile(profileID: "a/b")
    }
  }

  @available(*, deprecated)
  @Test("A profile is created, found, changed as a whole, and deleted")
  func profile() async throws {
    let profile = LegacyProfile(
      profileID: "p",
      members: ["organization_name": "Acme", "ein": "12-3456789", "budget": 1.50])
    #expect(try await service.createProfile(profile))
    #expect(await isConflict { try await service.createProfile(profile) })
    var found = try #require(try await service.getProfile(profileID: "p"))
    #expect(found.name == "Acme")
    #expect(found.status == "active")
    #expect(found.discoveryStatus == "never_run")
    #expect(found["budget"] == 1.50)
    #expect(try await service.updateProfile(found))
    #expect(try place.recorded("p") == ["profile.created"])
    found["budget"] = 2
    found["ein"] = nil
    #expect(try await service.updateProfile(found))
    #expect(
      try await place.store.status(of: JournalName("p")).state.fields
        == ["organization_name": "Acme", "budget": 2])
    #expect(try await service.deleteProfile(profileID: "p"))
    #expect(try await service.getProfile(profileID: "p") == nil)
    #expect(try await !service.deleteProfile(profileID: "p"))
    #expect(try place.recorded("p") == ["profile.created", "profile.updated", "profile.deleted"])
  }

  @available(*, deprecated)
  @Test("A profile whose session runs is not deleted")
  func busy() async throws {
    try await service.createProfile(LegacyProfile(profileID: "p"))
    try await service.startDiscoverySession(profileID: "p")
    #expect(await isConflict { try await service.deleteProfile(profileID: "p") })
    #expect(try await service.getProfile(profileID: "p")?.discoveryStatus == "in_progress")
  }

  @available(*, deprecated)
  @Test("The list is by name, in pages, and searched without regard to case")
  func list() async throws {
    for (id, name) in [("c", "Beta"), ("a", "Acme"), ("b", "acre")] {
      try await service.createProfile(
        LegacyProfile(profileID: id, members: ["organization_name": .string(name)]))
    }
    try await service.createProfile(LegacyProfile(profileID: "gone"))
    try await service.deleteProfile(profileID: "gone")
    func ids(_ profiles: [LegacyProfile]) -> [String] { profiles.map(\.profileID) }
    #expect(ids(try await service.listProfiles()) == ["a", "c", "b"])
    #expect(ids(try await service.listProfiles(limit: 1, offset: 1)) == ["c"])
    #expect(ids(try await service.listProfiles(search: "AC")) == ["a", "b"])
    for number in 0..<50 {
      try await service.createProfile(LegacyProfile(profileID: "n\(number)"))
    }
    #expect(try await service.listProfiles().count == 50)
  }

  @available(*, deprecated)
  @Test("Who does it is recorded")
  func by() async throws {
    try await service.createProfile(LegacyProfile(profileID: "p"))
    var recorded: [String?] = []
    try JournalReader(JournalName("p"), in: place.store.root).forEach { entry in
      recorded.append(entry.by)
      return true
    }
    #expect(recorded == [nil, "ana"])
  }
}
