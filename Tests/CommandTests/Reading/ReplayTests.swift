import Discovery
import JournalEngine
import Testing

@testable import Command

@Suite("daybook replay and session")
struct ReplayTests {
  let world = World()
  private let session = "session_000000000001"

  init() throws {
    try world.done("start", "acme", "--track", "t")
    try world.done("found", "session_000000000001", "--track", "t", "--count", "2")
    try world.done("complete", "session_000000000001", "--notes", "ok")
  }

  private func digest(at point: Point = .head) throws -> String {
    let profiles = Profiles(root: world.root)
    return try profiles.replay(try JournalName("acme"), at: point).state.digest.description
  }

  @Test("replay prints status, digest and sessions")
  func plain() throws {
    #expect(
      try world.run("replay", "acme", "--check")
        == .init(
          .done,
          """
          profile          acme
          status           active
          discovery        completed
          last discovery   2025-10-01T12:00:03.000000Z
          current session  none
          sessions         1 completed
          created          2025-10-01T12:00:01.000000Z
          updated          2025-10-01T12:00:03.000000Z
          head             4:<acme 4>
          success rate     100 %
          opportunities    t 2
          digest           \(try digest())
          check            the same as status

          SESSION               STATUS     STARTED               SECONDS  FOUND  TRACKS  REMARK
          session_000000000001  completed  2025-10-01T12:00:01Z      2.0      2  t       ok

          """))
  }

  @Test("replay as JSON says the same as status and sessions, with the digest")
  func json() throws {
    let status = try JSON(parsing: try world.done("status", "acme", "--json")).array?.first
    let sessions = try JSON(parsing: try world.done("sessions", "acme", "--json"))
    let replay = try world.run("replay", "acme", "--json", "--check")
    #expect(replay.status == .done)
    let document = try JSON(parsing: replay.output)
    #expect(document.object?.names == ["status", "sessions", "digest", "check"])
    #expect(document["status"] == status)
    #expect(document["sessions"] == sessions)
    #expect(document["digest"]?.string == (try digest()))
    #expect(document["check"] == "same")
    let unchecked = try JSON(parsing: try world.done("replay", "acme", "--json"))
    #expect(unchecked.object?.names == ["status", "sessions", "digest"])
  }

  @Test("replay as of a past entry gives the digest of then")
  func past() throws {
    let then = try JSON(parsing: try world.done("replay", "acme", "--at", "3", "--json", "--check"))
    #expect(then["digest"]?.string == (try digest(at: .seq(3))))
    #expect(then["digest"]?.string != (try digest()))
    #expect(then["status"]?["discovery_status"] == "in_progress")
    #expect(then["check"] == "same")
  }

  @Test("session shows one session and the entries about it")
  func oneSession() throws {
    #expect(
      try world.run("session", session)
        == .init(
          .done,
          """
          session   session_000000000001
          profile   acme
          status    completed
          started   2025-10-01T12:00:01.000000Z
          ended     2025-10-01T12:00:03.000000Z
          duration  2.0 s
          tracks    t
          found     2 (t 2)
          notes     ok

          SEQ  TIME                         TYPE               SUBJECT               BY      DATA
            2  2025-10-01T12:00:01.000000Z  session.started    session_000000000001  tester  \
          {"tracks":["t"]}
            3  2025-10-01T12:00:02.000000Z  session.found      session_000000000001  tester  \
          {"track":"t","count":2}
            4  2025-10-01T12:00:03.000000Z  session.completed  session_000000000001  tester  \
          {"notes":"ok"}

          """))
    #expect(
      try world.run("session", session, "--profile", "acme") == world.run("session", session))
  }

  @Test("session as JSON has its transitions behind its members")
  func sessionJSON() throws {
    let document = try JSON(parsing: try world.done("session", session, "--json"))
    #expect(document.object?.names.last == "transitions")
    #expect(document["session_id"]?.string == session)
    #expect(
      document["transitions"]?.array?.map { $0["type"] } == [
        "session.started", "session.found", "session.completed",
      ])
    #expect(document["transitions"]?.array?.last?["hash"] == "<acme 4>")
  }
}
