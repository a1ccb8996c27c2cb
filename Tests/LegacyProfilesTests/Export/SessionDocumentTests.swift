import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("The file of a session")
struct SessionDocumentTests {
  private let journal: ExportedJournal

  init() throws { journal = try ExportedJournal() }

  private func document(_ session: String, _ layout: LegacyLayout) throws -> JSON {
    try journal.export(in: layout, to: "/\(layout)")
    let name =
      layout == .folders ? "acme/sessions/\(session).json" : "sessions/\(session)_acme_"
    let found = try journal.documents(in: "/\(layout)").filter { $0.key.hasPrefix(name) }
    #expect(found.count == 1)
    return try #require(found.first?.value)
  }

  @Test("A completed one has the eleven members in their order, in both layouts")
  func completed() throws {
    try journal.record(.created())
    try journal.record(.started("s1", "government", "foundation"))
    journal.clock.advance(by: .microseconds(2_750_000))
    try journal.record(
      .completed(
        "s1",
        .init(
          opportunitiesFound: [TrackCount("government", 2), TrackCount("foundation", 10)],
          total: 12, notes: "first")))
    let flat = try document("s1", .flat)
    #expect(
      flat == [
        "session_id": "s1", "profile_id": "acme", "started_at": "2025-10-01 12:00:02.000000",
        "completed_at": "2025-10-01 12:00:05.750000", "status": "completed",
        "tracks_executed": ["government", "foundation"],
        "opportunities_found": ["government": 2, "foundation": 10], "total_opportunities": 12,
        "execution_time_seconds": 3, "error_messages": [], "notes": "first",
      ])
    #expect(
      flat.object?.names == [
        "session_id", "profile_id", "started_at", "completed_at", "status", "tracks_executed",
        "opportunities_found", "total_opportunities", "execution_time_seconds", "error_messages",
        "notes",
      ])
    let folders = try document("s1", .folders)
    #expect(folders["started_at"] == "2025-10-01T12:00:02.000000")
    #expect(folders["completed_at"] == "2025-10-01T12:00:05.750000")
    #expect(folders["execution_time_seconds"] == 3)
  }

  @Test("One that runs has no end")
  func running() throws {
    try journal.record(.started("s1", "state"))
    try journal.record(.sessionFound(session: "s1", track: "state", count: 4, opportunities: nil))
    let document = try document("s1", .folders)
    #expect(document["status"] == "in_progress")
    #expect(document["completed_at"] == .null)
    #expect(document["execution_time_seconds"] == .null)
    #expect(document["opportunities_found"] == ["state": 4])
    #expect(document["total_opportunities"] == 4)
    #expect(document["notes"] == .null)
  }

  @Test("One that failed has its errors; one that was abandoned, the words of the old programs")
  func failed() throws {
    try journal.record(.started("s1"))
    try journal.record(.failed("s1", "timed out", "gave up"))
    try journal.record(.started("s2"))
    try journal.record(
      .sessionFailed(session: "s2", .init(reason: .abandoned, supersededBy: "s3")),
      .started("s3"))
    #expect(try document("s1", .folders)["error_messages"] == ["timed out", "gave up"])
    let abandoned = try document("s2", .folders)
    #expect(abandoned["status"] == "failed")
    #expect(abandoned["error_messages"] == ["Session abandoned - new session started"])
    #expect(try document("s3", .folders)["status"] == "in_progress")
  }

  @Test("What an old file said that does not follow from the rest comes out as it was written")
  func imported() throws {
    try journal.record(
      .earlierSessionStarted(
        session: "s1", tracks: ["t"], params: [:],
        .init(
          imported: [
            "started_at": "2025-08-17 21:59:26.862242", "worker": ["host": "a"],
            "notes": "running", "tracks_executed": .null,
          ])),
      .imported([:]))
    let running = try document("s1", .flat)
    #expect(running["started_at"] == "2025-08-17 21:59:26.862242")
    #expect(running["worker"] == ["host": "a"])
    #expect(running["notes"] == "running")
    #expect(running["tracks_executed"] == .null)
    #expect(running["completed_at"] == .null)
    #expect(
      try journal.documents(in: "/flat").keys.contains("sessions/s1_acme_20250817_215926.json"))
    try journal.record(
      .sessionCompleted(
        session: "s1",
        .init(
          total: 3, notes: "done",
          imported: ["total_opportunities": 4, "completed_at": "2025-08-18"])))
    let completed = try document("s1", .folders)
    #expect(completed["started_at"] == "2025-08-17 21:59:26.862242")
    #expect(completed["completed_at"] == "2025-08-18")
    #expect(completed["notes"] == "done")
    #expect(completed["total_opportunities"] == 4)
    #expect(completed["worker"] == ["host": "a"])
  }

  @Test("A session that was imported as running and ended here says how it ended here")
  func endedHere() throws {
    try journal.record(
      .earlierSessionStarted(
        session: "s1", tracks: [], params: [:],
        .init(
          imported: [
            "started_at": "2025-08-17", "notes": "running", "error_messages": ["early"],
            "execution_time_seconds": 0,
          ])),
      .imported([:]))
    try journal.record(.failed("s1", "late"))
    let document = try document("s1", .folders)
    #expect(document["started_at"] == "2025-08-17")
    #expect(document["notes"] == .null)
    #expect(document["error_messages"] == ["late"])
    #expect(document["execution_time_seconds"] == 1)
  }

  @Test("In the flat layout the name says when it started")
  func flatName() throws {
    journal.clock.advance(by: .microseconds(3_600_000_000))
    try journal.record(.started("s1"))
    try journal.export(in: .flat)
    #expect(
      try journal.documents().keys.sorted() == [
        "profiles/acme.json", "sessions/s1_acme_20251001_130001.json",
      ])
  }

  @Test(
    "Ids that the flat layout would read as others have their length behind the name",
    arguments: [
      ("session_000000000001", "acme", ""), ("session_000000000001", "b_c", ""),
      ("session_000000000001", "profile_f3adef3b653c", ""), ("s", "profile_f3adef3b653c", ""),
      ("a_b_d", "profile_f3adef3b653c", ""), ("s1", "acme", ""), ("a_b", "c", ""),
      ("a", "b_c", "-1"), ("a", "000000000001_c", "-1"), ("a_profile", "f3adef3b653c", "-9"),
      ("session_000000000001_b", "c", "-22"), ("a_", "b", ""), ("a", "_b", "-1"),
    ])
  func readableIDs(_ id: String, _ profile: String, _ mark: String) throws {
    let journal = try ExportedJournal(profile)
    try journal.record(.started(id))
    try journal.export(in: .flat)
    #expect(
      try journal.documents().keys.contains(
        "sessions/\(id)_\(profile)_20251001_120001\(mark).json"))
  }

  @Test("An id leads nowhere else, hides nothing, and is no pattern")
  func names() async throws {
    try await Property.check("names of sessions", rounds: 200) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try ExportedJournal()
      var ids: Set<String> = ["..", ".", "../../x", "a/b", "a%2Fb", "s*", "[s]", "a\\b", "\u{7F}"]
      for _ in 0..<4 { ids.insert("i" + random.text(1 + random.below(8))) }
      for id in ids.sorted() {
        try journal.record(.started(id))
        try journal.record(.failed(id, "e"))
      }
      let result = try journal.export()
      try Violation.unless(result.failures.isEmpty, "\(result.failures)")
      let documents = try journal.documents()
      let names = documents.keys.filter { $0.hasPrefix("acme/sessions/") }
      // `String` takes some ids for the same that are not.
      let exact = Set(ids.map { Array($0.utf8) })
      try Violation.unless(names.count == exact.count, "\(names.count) of \(exact.count)")
      for name in names {
        let file = name.dropFirst("acme/sessions/".count)
        // By bytes: what an id ends in may make one character with what follows.
        let bytes = Array(file.utf8)
        let isPlain =
          bytes.first != UInt8(ascii: ".") && bytes.suffix(5) == Array(".json".utf8)[...]
          && !bytes.contains { "/*?[\\".utf8.contains($0) }
        try Violation.unless(isPlain, "\(name)")
        let id = documents[name]?["session_id"]?.string ?? ""
        try Violation.unless(exact.contains(Array(id.utf8)), "\(id) in \(name)")
      }
    }
  }

  @Test("An id that is too long for a name is cut there, the same way each time")
  func tooLong() throws {
    // Alike for longer than any name, of characters of every length, and of escapes.
    let beginnings = ["x", "é", "語", "😀", "/", "x/", "é/", "%"]
    let ids = beginnings.flatMap { beginning in
      ["1", "2"].map { String(repeating: beginning, count: 100_000 / beginning.utf8.count) + $0 }
    }
    for id in ids {
      try journal.record(.started(id))
      try journal.record(.failed(id, "e"))
    }
    for layout in LegacyLayout.allCases {
      let folder = "/\(layout)"
      #expect(try journal.export(in: layout, to: folder).failures.isEmpty)
      #expect(try journal.export(in: layout, to: folder).same == ids.count + 1)
      let documents = try journal.documents(in: folder).filter { $0.key.contains("sessions/") }
      #expect(Set(documents.values.compactMap { $0["session_id"]?.string }) == Set(ids))
      for name in documents.keys.compactMap({ $0.split(separator: "/").last }) {
        #expect(name.utf8.count <= 233 && name.utf8.count > 220)
        #expect(!name.contains("\u{FFFD}"))
        #expect(try name.wholeMatch(of: Regex("([^%]|%[0-9A-F]{2})*%~[0-9a-f]{32}\\.json")) != nil)
      }
    }
  }

  @Test("The longest id that a name has room for stands there whole")
  func longest() throws {
    let longest = String(repeating: "y", count: 228)
    try journal.record(.started(longest))
    try journal.export()
    #expect(try journal.documents().keys.contains("acme/sessions/\(longest).json"))
  }
}
