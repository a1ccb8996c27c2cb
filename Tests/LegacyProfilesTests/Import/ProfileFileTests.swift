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
}
