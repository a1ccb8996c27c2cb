import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("A profile's own file")
struct ProfileFileTests {
  let store: OldStore

  init() throws { store = try OldStore() }

  private static let analytics: JSON = ["profile_id": "p1", "total_searches": 3]

  @Test(
    "wins over a document that merely names the profile, wherever that stands",
    arguments: ["p1/profile.json", "profiles/p1.json", "other/p1.json"],
    ["a/analytics.json", "p1/analytics.json", "z/analytics.json"])
  func own(_ path: String, _ other: String) throws {
    try store.put(["profile_id": "p1", "name": "One", "status": "active"], at: path)
    try store.put(Self.analytics, at: other)
    let outcome = try store.importAll()
    #expect(try store.state("p1").fields["name"] == "One")
    #expect(outcome.messages(.skipped) == [])
    #expect(
      outcome.messages(.ignored, other) == [
        "it names the profile p1, whose own file is \(path)"
      ])
    #expect(try store.importAll().entries == 0)
  }

  @Test("is not changed by such a document when that is imported alone later")
  func alone() throws {
    try store.put(["profile_id": "p1", "name": "One"], at: "p1/profile.json")
    try store.importAll()
    let other = try OldStore()
    try other.put(Self.analytics, at: "p1/analytics.json")
    let outcome = try store.importAll(from: other.folder.path)
    #expect(outcome.entries == 0)
    #expect(
      outcome.messages(.ignored) == [
        "it names the profile p1, which is in the journal, and is not its own file"
      ])
  }

  @Test("is the one that stands in the profile's place, and another with a name is skipped")
  func place() throws {
    try store.put(["profile_id": "p1", "name": "Someone"], at: "p1/contacts/a.json")
    try store.put(["profile_id": "p1", "name": "One"], at: "p1/profile.json")
    let outcome = try store.importAll()
    #expect(try store.state("p1").fields["name"] == "One")
    #expect(
      outcome.messages(.skipped, "p1/contacts/a.json") == [
        "p1 is in p1/profile.json too, and differs there"
      ])
  }

  @Test("may be no more than an id, where there is no other")
  func only() throws {
    try store.put(Self.analytics, at: "p1/analytics.json")
    #expect(try store.importAll().messages(.ignored) == [])
    #expect(try store.state("p1").fields["total_searches"] == 3)
  }

  @Test("tells of times and a status that do not stand as they are written")
  func remarks() throws {
    try store.put(
      [
        "profile_id": "p1", "name": "One", "created_at": "last year", "status": "draft",
        "updated_at": "2030-01-01",
      ], at: "p1/profile.json")
    #expect(
      Set(try store.importAll().messages(.changed, "p1/profile.json")) == [
        "created_at is “last year”, which is not a time: the profile begins with its first "
          + "session, or now",
        "updated_at is later than now: it stands as of now",
        "its status is draft: it stands as active",
      ])
    #expect(try store.importAll().notes.isEmpty)
    #expect(try store.state("p1").fields["status"] == "draft")
  }

  @Test("tells of times that a clock showed twice, as those of sessions and opportunities")
  func twice() throws {
    let zone = try OldTimeTests.zone("Europe/Berlin")
    let time = "2025-10-26 02:30:00"
    let remark = "\(time) was twice in Europe/Berlin: the first is meant"
    try store.put(["profile_id": "p1", "created_at": .string(time)], at: "p1/profile.json")
    try store.put(
      OldStore.session("s", of: "p1", from: "2025-10-26 00:00:00"), at: "p1/sessions/s.json")
    try store.put(
      ["lead_id": "l", "session_id": "s", "discovered_at": .string(time)], at: "leads/l.json")
    try store.put(
      ["lead_id": "m", "session_id": "s", "discovered_at": 5], at: "leads/m.json")
    let outcome = try store.importAll(zone: zone)
    #expect(outcome.messages(.changed, "p1/profile.json") == [remark])
    #expect(outcome.messages(.changed, "leads/l.json") == [remark])
    #expect(
      outcome.messages(.changed, "leads/m.json") == [
        "discovered_at is 5, which is not a time: it stands as of the start of its session"
      ])
    #expect(try store.importAll(zone: zone).notes.isEmpty)
  }

  @Test(
    "has the id that its place says where it does not say one itself",
    arguments: [
      (
        "profiles/42.json", #"{"profile_id":42,"name":"N"}"#,
        "its profile_id is 42, which is no text", "it"
      ),
      (
        "profiles/42.json", #"{"profile_id":null,"name":"N"}"#,
        "its profile_id is null, which is no text", "it"
      ),
      ("profiles/42.json", #"{"organization_name":"N"}"#, "it has no profile_id", "it"),
      (
        "42/profile.json", #"{"profile_id":7}"#, "its profile_id is 7, which is no text",
        "its folder"
      ),
      ("42/profile.json", #"{"fields":1}"#, "it has no profile_id", "its folder"),
    ])
  func idOfPlace(_ path: String, _ text: String, _ cause: String, _ name: String) throws {
    try store.put(text, at: path)
    let outcome = try store.importAll()
    #expect(outcome.messages(.skipped) == [])
    #expect(
      outcome.messages(.changed, path) == ["\(cause): it is imported as 42, as \(name) is called"])
    #expect(try JSON.object(store.state("42").fields) == JSON(parsing: Array(text.utf8)))
    #expect(try store.importAll().entries == 0)
  }

  @Test("with an id that is no text is skipped where its place says none")
  func noID() throws {
    try store.put(["profile_id": 42, "name": "N"], at: "x/y.json")
    let outcome = try store.importAll()
    #expect(outcome.messages(.skipped, "x/y.json") == ["its profile_id is 42, which is no text"])
    #expect(try store.profiles().names() == nil)
  }

  @Test("is not any file beside it that has neither an id nor a name")
  func noProfile() throws {
    try store.put(["version": 1], at: "profiles/index.json")
    try store.put(["profile_id": .null, "version": 1], at: "index.json")
    let outcome = try store.importAll()
    #expect(outcome.messages(.ignored).count == 2)
    #expect(try store.profiles().names() == nil)
  }
}
