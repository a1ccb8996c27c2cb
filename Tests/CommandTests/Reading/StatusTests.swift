import Testing

@testable import Command

@Suite("daybook status and sessions")
struct StatusTests {
  let world = World()

  /// acme: one completed, one abandoned, one running. beta: archived, nothing ran.
  init() throws {
    try world.done("profile", "create", "acme", "name=Acme")
    try world.done("start", "acme", "--track", "government")
    try world.done("complete", "session_000000000002", "--found", "government=12", "--notes", "ok")
    try world.done("start", "acme")
    try world.done("start", "acme", "--track", "foundation")
    try world.done("profile", "create", "beta")
    try world.done("profile", "archive", "beta")
  }

  @Test("All profiles stand in a table")
  func table() throws {
    #expect(
      try world.run("status")
        == .init(
          .done,
          """
          PROFILE  STATUS    DISCOVERY    LAST DISCOVERY        SESSIONS  FOUND  CURRENT SESSION       SEQ
          acme     active    in_progress  2025-10-01T12:00:05Z         3     12  session_000000000007    7
          beta     archived  never_run    -                            0      0  -                       3

          """))
    #expect(try world.run("status", "acme", "beta") == world.run("status"))
  }

  @Test("In a terminal the table fits its width, and the session's id gives way first")
  func narrow() throws {
    let narrow = World(columns: 80)
    try narrow.done("start", "acme")
    let shown = try narrow.run("status", "--color", "never").output
    #expect(
      shown == """
        PROFILE  STATUS  DISCOVERY    LAST DISCOVERY        SESSIONS  FOUND  CURRE…  SEQ
        acme     active  in_progress  2025-10-01T12:00:01Z         1      0  sessi…    2

        """)
  }

  @Test("One profile is shown with all that is known of it")
  func one() throws {
    #expect(
      try world.run("status", "acme")
        == .init(
          .done,
          """
          profile          acme
          status           active
          discovery        in_progress
          last discovery   2025-10-01T12:00:05.000000Z
          current session  session_000000000007
          sessions         1 in_progress, 1 completed, 1 failed
          created          2025-10-01T12:00:01.000000Z
          updated          2025-10-01T12:00:05.000000Z
          head             7:<acme 7>
          success rate     50 %
          opportunities    government 12
          name             Acme

          """))
  }

  static let acme = """
    {"profile_id":"acme","status":"active","discovery_status":"in_progress",\
    "last_discovery_at":"2025-10-01T12:00:05.000000Z","current_session":"session_000000000007",\
    "discovery_count":3,"created_at":"2025-10-01T12:00:01.000000Z",\
    "updated_at":"2025-10-01T12:00:05.000000Z","fields":{"name":"Acme"},\
    "analytics":{"sessions_by_status":{"in_progress":1,"completed":1,"failed":1},\
    "success_rate":0.5,"mean_duration_seconds":1,"median_duration_seconds":1,\
    "opportunities_by_track":{"government":12},"days_since_last_discovery":0,\
    "failure_streak":1},"seq":7,"head":"<acme 7>"}
    """

  @Test("As JSON it is an array, also of one; with --ndjson a profile a line")
  func json() throws {
    #expect(
      try world.run("status", "acme", "--json") == .init(.done, try pretty("[\(Self.acme)]")))
    let lines = try world.run("status", "--ndjson").output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first.map(String.init) == Self.acme)
    #expect(lines.last?.hasPrefix(#"{"profile_id":"beta","status":"archived","#) == true)
  }

  @Test("Of a root without profiles there is nothing to show")
  func empty() throws {
    let empty = World()
    _ = try empty.file("root", "")
    #expect(try empty.run("status").status == .failed)
    let bare = try world.call(["status", "--journals", world.base, "--json"])
    #expect(bare == .init(.done, "[]\n"))
  }

  @Test("sessions lists them newest first")
  func sessions() throws {
    #expect(
      try world.run("sessions", "acme")
        == .init(
          .done,
          """
          SESSION               STATUS       STARTED               SECONDS  FOUND  TRACKS      REMARK
          session_000000000007  in_progress  2025-10-01T12:00:05Z        -      0  foundation
          session_000000000005  failed       2025-10-01T12:00:04Z      1.0      0              \
          superseded by session_000000000007
          session_000000000002  completed    2025-10-01T12:00:02Z      1.0     12  government  ok

          """))
  }

  @Test(
    "sessions can be had by status and up to a limit",
    arguments: [
      (["--status", "failed"], ["5"]), (["--limit", "1"], ["7"]), (["--limit", "0"], []),
      (["--status=completed", "--limit", "9"], ["2"]), ([], ["7", "5", "2"]),
    ])
  func filters(options: [String], expected: [String]) throws {
    let outcome = try world.run(["sessions", "acme", "--ndjson"] + options)
    let ids = outcome.output.split(separator: "\n").map {
      String($0.dropFirst(#"{"session_id":"session_00000000000"#.count).prefix(1))
    }
    #expect(ids == expected)
    #expect(outcome.status == .done)
  }

  @Test("sessions as JSON is one array")
  func sessionsJSON() throws {
    let session = """
      {"session_id":"session_000000000005","profile_id":"acme",\
      "started_at":"2025-10-01T12:00:04.000000Z","completed_at":"2025-10-01T12:00:05.000000Z",\
      "status":"failed","tracks_executed":[],"opportunities_found":{},"total_opportunities":0,\
      "execution_time_seconds":1,"error_messages":[],"notes":null,"reason":"abandoned",\
      "superseded_by":"session_000000000007","params":{},"seq_started":5,"seq_ended":6,\
      "duration_seconds":1}
      """
    #expect(
      try world.run("sessions", "acme", "--status", "failed", "--json")
        == .init(.done, try pretty("[\(session)]")))
    #expect(try world.run("sessions", "beta", "--json") == .init(.done, "[]\n"))
  }
}
