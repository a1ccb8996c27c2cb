import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("Old sessions")
struct ImportedSessionsTests {
  @Test("stand in the order of their times, after their profile")
  func order() throws {
    let store = try OldStore()
    try store.put(
      ["profile_id": "acme", "created_at": "2025-01-09T00:00:00", "status": "active"],
      at: "acme/profile.json")
    try store.put(
      OldStore.session("b", from: "2025-01-03 00:00:00", to: "2025-01-04 00:00:00"),
      at: "acme/sessions/b.json")
    try store.put(
      OldStore.session("a", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00"),
      at: "acme/sessions/a.json")
    try store.importAll()
    #expect(
      try store.history("acme") == [
        "profile.created", "session.started a", "session.completed a", "session.started b",
        "session.completed b",
      ])
    let times = try store.entries("acme").map { $0.time.description.prefix(10) }
    #expect(
      times == [
        "2025-01-01", "2025-01-01", "2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04",
        "2027-01-01",
      ])
    #expect(try store.entries("acme").last?.type == "journal.imported")
  }

  @Test("that ran at the same time run at the same time, and none is given up for another")
  func overlapping() throws {
    let store = try OldStore()
    for (id, start, end) in [("a", "01", "04"), ("b", "02", "06"), ("c", "03", "05")] {
      try store.put(
        OldStore.session(id, from: "2025-01-\(start)T00:00:00", to: "2025-01-\(end)T00:00:00"),
        at: "acme/sessions/\(id).json")
    }
    try store.importAll()
    #expect(
      try store.history("acme") == [
        "session.started a", "session.started b", "session.started c", "session.completed a",
        "session.completed c", "session.completed b",
      ])
    #expect(try store.data("acme")[3]["beside"] == ["a", "b"])
    let running = try store.profiles().state(of: JournalName("acme"), at: .seq(4)).state
    #expect(running.running == ["a", "b", "c"])
    #expect(
      try store.state("acme").sessions().map(\.status) == [.completed, .completed, .completed])
  }

  @Test("that are in progress stay so, and end when another one is started")
  func inProgress() throws {
    let store = try OldStore()
    for id in ["a", "b"] {
      try store.put(
        OldStore.session(id, from: "2025-01-01 00:00:00", ["notes": .null]),
        at: "acme/sessions/\(id).json")
    }
    try store.importAll()
    #expect(try store.state("acme").running == ["a", "b"])
    store.clock.advance(by: .seconds(1))
    let name = try JournalName("acme")
    _ = try store.profiles().perform(.start(session: "s", tracks: [], params: [:]), on: name)
    let sessions = try store.state("acme").sessions()
    #expect(sessions.map(\.id) == ["s", "b", "a"])
    #expect(sessions.map(\.status) == [.inProgress, .failed, .failed])
    #expect(sessions.dropFirst().allSatisfy { $0.reason == .abandoned && $0.supersededBy == "s" })
    // And so the earlier programs would have it.
    let old = try #require(try store.exported(in: .folders)["acme/sessions/a.json"])
    #expect(old["status"] == "failed")
    #expect(old["error_messages"] == ["Session abandoned - new session started"])
    #expect(old["started_at"] == "2025-01-01 00:00:00")
  }

  @Test("that were given up name the one that was started next")
  func abandoned() throws {
    let store = try OldStore()
    try store.put(
      OldStore.session(
        "a", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00", status: "failed",
        ["error_messages": ["Session abandoned - new session started"]]),
      at: "sessions/a.json")
    try store.put(
      OldStore.session("b", from: "2025-01-02 00:00:00.000021", to: "2025-01-03 00:00:00"),
      at: "sessions/b.json")
    try store.importAll()
    let session = try #require(try store.state("acme").session("a"))
    #expect(session.reason == .abandoned)
    #expect(session.supersededBy == "b")
  }

  @Test("of a profile without a file are in a journal of their own")
  func orphans() throws {
    let store = try OldStore()
    try store.put(
      OldStore.session("a", of: "lost", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00"),
      at: "sessions/a.json")
    let outcome = try store.importAll()
    #expect(outcome.results["lost"]?.hasProfile == false)
    #expect(try store.state("lost").sessions().map(\.id) == ["a"])
    #expect(try store.exported(in: .folders).keys.sorted() == ["lost/sessions/a.json"])
  }

  @Test("keep what they found, each opportunity as its own entry while they ran")
  func opportunities() throws {
    let store = try OldStore()
    try store.put(
      OldStore.session(
        "a", from: "2025-01-01 00:00:00", to: "2025-01-03 00:00:00",
        ["opportunities_found": ["federal": 2], "total_opportunities": 2]),
      at: "acme/sessions/a.json")
    for (id, time) in [("late", "2025-01-02T00:00:00"), ("early", "2024-01-01T00:00:00")] {
      try store.put(
        """
        {"lead_id":"\(id)","profile_id":"acme","session_id":"a","track":"federal",
        "discovered_at":"\(time)","score":0.10}
        """, at: "acme/leads/\(id).json")
    }
    try store.put(["lead_id": "lost", "session_id": "b"], at: "acme/leads/lost.json")
    let outcome = try store.importAll()
    #expect(outcome.results["acme"]?.opportunities == 2)
    #expect(outcome.unplaced == ["acme/leads/lost.json"])
    let times = try store.entries("acme").filter { $0.type == "session.found" }.map(\.time)
    #expect(times.map { $0.description.prefix(10) } == ["2025-01-01", "2025-01-02"])
    let found = try store.data("acme").filter { $0["track"] != nil }
    #expect(found.map { $0["opportunities"]?.array?.first?["lead_id"] } == ["early", "late"])
    #expect(found.map { $0["track"] } == ["federal", "federal"])
    #expect(found[0]["opportunities"]?.array?.first?["score"]?.text == "0.10")
    #expect(try store.state("acme").session("a")?.totalOpportunities == 2)
  }

  @Test("keep every member of their files, whatever it holds")
  func members() throws {
    let store = try OldStore()
    let odd = try JSON(
      parsing: Array(
        #"""
        {"session_id":"a","profile_id":"acme","started_at":"2025-01-01 00:00:00",
        "completed_at":"2025-01-02","status":"completed","tracks_executed":"all of them",
        "opportunities_found":{"x":-1,"y":1.50},"total_opportunities":1e400,
        "execution_time_seconds":-7,"error_messages":[{"code":1}],"notes":{"a":[1,null]},
        "unknown":[0.10,1E2,"\ud83d\ude00"]}
        """#.utf8))
    try store.put(odd, at: "acme/sessions/a.json")
    let outcome = try store.importAll()
    #expect(outcome.messages(.skipped) == [])
    #expect(try store.exported(in: .folders) == ["acme/sessions/a.json": odd])
  }

  /// An ending that no session has.
  struct OddEnding: Sendable {
    let members: JSONObject
    let status: Session.Status
    let remark: String
  }

  private static let oddEndings = [
    OddEnding(
      members: ["status": "paused"], status: .inProgress,
      remark: "its status is paused: it stands as in_progress"),
    OddEnding(
      members: ["status": "cancelled", "completed_at": "2025-01-02"], status: .failed,
      remark: "its status is cancelled: it stands as failed"),
    OddEnding(
      members: ["status": "completed"], status: .completed,
      remark: "completed_at is missing: it stands as of its start"),
    OddEnding(
      members: ["status": "failed", "completed_at": "soon", "execution_time_seconds": 90],
      status: .failed,
      remark: "completed_at is “soon”, which is not a time: it stands as of its start and its 90 s"),
    OddEnding(
      members: ["status": "completed", "completed_at": "2024-01-01"], status: .completed,
      remark: "it ends before it starts: it stands as ending then"),
    OddEnding(
      members: ["status": "completed", "completed_at": "2030-01-01"], status: .completed,
      remark: "completed_at is later than now: it stands as of now"),
    OddEnding(
      members: ["started_at": "2030-01-01"], status: .inProgress,
      remark: "started_at is later than now: it stands as of now"),
  ]

  @Test(
    "that end as no session does stand as near to it as can be, and that is told",
    arguments: oddEndings)
  func odd(_ ending: OddEnding) throws {
    let store = try OldStore()
    let document = OldStore.session("a", from: "2025-01-01 00:00:00", ending.members)
    try store.put(document, at: "acme/sessions/a.json")
    let outcome = try store.importAll()
    #expect(outcome.messages(.changed, "acme/sessions/a.json") == [ending.remark])
    #expect(try store.state("acme").session("a")?.status == ending.status)
    #expect(try store.exported(in: .folders)["acme/sessions/a.json"] == document)
  }

  @Test("that end in the hour that a clock showed twice end after they started")
  func fallBack() throws {
    let store = try OldStore()
    let document = OldStore.session("a", from: "2025-11-02 01:30:00", to: "2025-11-02 01:10:00.5")
    try store.put(document, at: "acme/sessions/a.json")
    let outcome = try store.importAll(zone: OldTimeTests.zone("America/New_York"))
    #expect(
      outcome.messages(.changed) == [
        "2025-11-02 01:30:00 was twice in America/New_York: the first is meant",
        "2025-11-02 01:10:00.5 was twice in America/New_York: the second is meant, as the first is "
          + "too early",
      ])
    #expect(try store.state("acme").session("a")?.duration == 2_400_500_000)
    #expect(try store.exported(in: .folders)["acme/sessions/a.json"] == document)
  }
}
