import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("daybook import")
struct ImportTests {
  let world = World()
  let folder: String

  init() throws {
    folder = world.base + "/old"
    try put(
      #"{"profile_id":"acme","name":"Acme","created_at":"2025-08-01 10:00:00"}"#,
      at: "profiles/acme.json")
    try put(
      """
      {"session_id":"s1","profile_id":"acme","started_at":"2025-08-02 10:00:00",
      "completed_at":"2025-08-02 11:00:00","status":"completed","tracks_executed":[],
      "opportunities_found":{"federal":2},"total_opportunities":2,"execution_time_seconds":3600,
      "error_messages":[],"notes":null}
      """, at: "sessions/s1.json")
  }

  private func put(_ text: String, at path: String) throws {
    let url = URL(filePath: folder + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  @Test("says what it recorded, and which zone it took")
  func summary() throws {
    #expect(
      try world.run("import", folder)
        == .init(
          .done,
          """
          acme: 4 entries, its fields, 1 session
          \(folder): 4 entries recorded of 1 profile, 1 session, 0 opportunities
          times without a zone were read as UTC; --zone says where they were written

          """))
    #expect(
      try world.run("import", folder)
        == .init(
          .done,
          """
          \(folder): 0 entries recorded of 0 profiles, 0 sessions, 0 opportunities, \
          nothing new of 1
          times without a zone were read as UTC; --zone says where they were written

          """))
    let session = try JSON(parsing: world.done("session", "s1", "--json"))
    #expect(session["started_at"] == "2025-08-02T10:00:00.000000Z")
    #expect(session["total_opportunities"] == 2)
  }

  @Test("reads times in the zone that is given")
  func zone() throws {
    let output = try world.done("import", folder, "--zone", "America/New_York")
    #expect(output.hasSuffix("times without a zone were read as America/New_York\n"))
    let session = try JSON(parsing: world.done("session", "s1", "--json"))
    #expect(session["started_at"] == "2025-08-02T14:00:00.000000Z")
  }

  @Test("refuses a zone that there is not", arguments: ["Mars", "../etc/passwd", "", "+25:00"])
  func badZone(_ zone: String) throws {
    let outcome = try world.run("import", folder, "--zone", zone)
    #expect(outcome.status == .usage)
    #expect(
      outcome.errors.hasPrefix("error: --zone '\(zone)' is no time zone\nhint: "), "\(outcome)")
    #expect(try world.tree().isEmpty)
  }

  @Test("records nothing with --dry-run, and says what it would")
  func dryRun() throws {
    let output = try world.done("import", folder, "--dry-run")
    #expect(output.contains(": 4 entries would be recorded of 1 profile, 1 session, "))
    #expect(try world.tree().isEmpty)
  }

  @Test("names what it skips, goes on, and ends with 1")
  func skipped() throws {
    try put("{", at: "sessions/s2.json")
    try put("", at: "profiles/acme.json.lock")
    try put(#"{"lead_id":"l1","profile_id":"acme"}"#, at: "leads/l1.json")
    let outcome = try world.run("import", folder)
    #expect(
      outcome
        == .init(
          .failed,
          """
          acme: 4 entries, its fields, 1 session
          skipped: sessions/s2.json: not JSON at byte 1: the text ends too early
          ignored: profiles/acme.json.lock: it is a lock, and locks mean nothing any more
          1 opportunity names no session of these files or of its profile's journal, \
          and no entry was made of:
            leads/l1.json
          \(folder): 4 entries recorded of 1 profile, 1 session, 0 opportunities, 1 file skipped
          times without a zone were read as UTC; --zone says where they were written

          """))
  }

  @Test("tells programs everything")
  func json() throws {
    try put("{", at: "sessions/s2.json")
    let outcome = try world.run("import", folder, "--json")
    #expect(
      try outcome
        == .init(
          .failed,
          pretty(
            """
            {"source":\(JSON.string(folder).text),"zone":"UTC","dry_run":false,"entries":4,\
            "sessions":1,"endings":0,"opportunities":0,"unchanged":0,"failed":0,\
            "profiles":[{"profile_id":"acme","entries":4,"profile":true,"sessions":1,\
            "endings":0,"opportunities":0}],\
            "skipped":[{"file":"sessions/s2.json",\
            "message":"not JSON at byte 1: the text ends too early"}],\
            "changed":[],"ignored":[],"unplaced":[]}
            """)))
  }

  @Test("names a few of what is no error, and counts the others")
  func many() throws {
    for number in 100..<160 { try put("{}", at: "other/\(number).txt") }
    let lines = try world.done("import", folder).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("ignored: other/") } == 50)
    #expect(lines.contains("  and 10 more; --json names all of them"))
  }

  @Test("says so where there is nothing to import")
  func nothing() throws {
    let missing = try world.run("import", folder + "/none")
    #expect(missing.status == .notFound)
    #expect(missing.errors.hasPrefix("error: \(folder)/none cannot be read: "), "\(missing)")
    try put("{}", at: "empty/package.json")
    let empty = try world.run("import", folder + "/empty")
    #expect(empty.status == .notFound)
    #expect(
      empty.errors.hasPrefix("error: no profile, session or opportunity of the earlier programs"))
    #expect(try world.tree().isEmpty)
  }

  @Test("tells of a profile whose journal is damaged, and imports the others")
  func damaged() throws {
    try world.done("profile", "create", "acme")
    try world.done("profile", "set", "acme", "x=1")
    try world.done("profile", "set", "acme", "x=2")
    var bytes = try world.bytes()
    bytes[40] ^= 1
    try world.overwrite(bytes)
    try put(#"{"profile_id":"beta","created_at":"2025-08-01"}"#, at: "profiles/beta.json")
    let outcome = try world.run("import", folder)
    #expect(outcome.status == .damage)
    #expect(outcome.errors.contains("error: acme: "))
    #expect(outcome.output.contains("beta: 2 entries, its fields\n"))
    #expect(outcome.output.contains(", 1 failed\n"))
    #expect(try world.bytes() == bytes)
  }

  @Test("shows no byte of a name as the terminal would take it")
  func escapes() throws {
    try put("{", at: "sessions/\u{1B}[31m.json")
    let outcome = try world.run("import", folder)
    #expect(outcome.output.contains("skipped: sessions/\\u{1B}[31m.json: "), "\(outcome)")
    #expect(!outcome.output.contains("\u{1B}"))
  }
}
