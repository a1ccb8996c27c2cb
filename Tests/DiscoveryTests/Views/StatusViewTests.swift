import Discovery
import JournalEngine
import Testing

@Suite("The status of a profile")
struct StatusViewTests {
  let scratch = Scratch()

  @Test("has its members in the order of the earlier stores")
  func order() throws {
    try scratch.perform(.create(fields: ["name": "Acme"]))
    let status = try #require(try scratch.status().json.object)
    #expect(
      status.names == [
        "profile_id", "status", "discovery_status", "last_discovery_at", "current_session",
        "discovery_count", "created_at", "updated_at", "fields", "analytics", "seq", "head",
      ])
    #expect(
      try #require(status["analytics"]?.object).names == [
        "sessions_by_status", "success_rate", "mean_duration_seconds", "median_duration_seconds",
        "opportunities_by_track", "days_since_last_discovery", "failure_streak",
      ])
  }

  @Test("of a profile on which nothing ran")
  func neverRun() throws {
    try scratch.perform(.create(fields: ["name": "Acme"]))
    let head = try #require(try scratch.entries().last).hash
    #expect(
      try scratch.status().json.text == """
        {"profile_id":"acme","status":"active","discovery_status":"never_run",\
        "last_discovery_at":null,"current_session":null,"discovery_count":0,\
        "created_at":"2025-10-01T12:00:01.000000Z","updated_at":"2025-10-01T12:00:01.000000Z",\
        "fields":{"name":"Acme"},"analytics":{"sessions_by_status":{"in_progress":0,\
        "completed":0,"failed":0},"success_rate":null,"mean_duration_seconds":null,\
        "median_duration_seconds":null,"opportunities_by_track":{},\
        "days_since_last_discovery":null,"failure_streak":0},"seq":2,"head":"\(head)"}
        """)
  }

  @Test("tells the status of the session that changed last, and when it did")
  func transitions() throws {
    func seen() throws -> [String] {
      let status = try scratch.status()
      return [
        status.discovery.rawValue, status.state.lastTransition?.time.description ?? "-",
        status.state.currentSession ?? "-", String(status.state.sessionCount),
      ]
    }
    try scratch.perform(.start(session: "s1"))
    #expect(try seen() == ["in_progress", "2025-10-01T12:00:01.000000Z", "s1", "1"])
    try scratch.perform(.found(session: "s1", track: "t", count: 1))
    #expect(try seen() == ["in_progress", "2025-10-01T12:00:01.000000Z", "s1", "1"])
    try scratch.perform(.fail(session: "s1", errors: ["e"]))
    #expect(try seen() == ["failed", "2025-10-01T12:00:03.000000Z", "-", "1"])
    try scratch.perform(.start(session: "s2"))
    try scratch.perform(.start(session: "s3"))
    #expect(try seen() == ["in_progress", "2025-10-01T12:00:05.000000Z", "s3", "3"])
    try scratch.perform(.complete(session: "s3"))
    try scratch.perform(.update(set: ["a": 1]))
    #expect(try seen() == ["completed", "2025-10-01T12:00:06.000000Z", "-", "3"])
    #expect(try scratch.state().updatedAt?.description == "2025-10-01T12:00:07.000000Z")
  }

  @Test("follows the profile's own life")
  func life() throws {
    func status() throws -> String? { try scratch.status().json["status"]?.string }
    try scratch.perform(.create(fields: [:]))
    #expect(try status() == "active")
    try scratch.perform(.archive())
    #expect(try status() == "archived")
    try scratch.perform(.delete())
    #expect(try status() == "deleted")
    try scratch.perform(.restore())
    #expect(try status() == "active")
  }

  @Test("as of a past entry knows nothing of what came later")
  func past() throws {
    try scratch.perform(.create(fields: ["a": 1, "b": 2]))
    let then = try scratch.status().json.text
    try scratch.perform(.update(set: ["a": 3], unset: ["b"]))
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.fail(session: "s1", errors: ["e"]))
    #expect(try scratch.status(at: .seq(2)).json.text == then)
    #expect(try scratch.status(at: .seq(3)).json["fields"]?.text == #"{"a":3}"#)
  }
}
