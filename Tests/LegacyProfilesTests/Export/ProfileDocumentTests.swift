import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("The file of a profile")
struct ProfileDocumentTests {
  private let journal: ExportedJournal

  init() throws { journal = try ExportedJournal() }

  private func document(_ layout: LegacyLayout, at point: Point = .head) throws -> JSON? {
    let folder = "/\(layout)-\(point)"
    try journal.export(in: layout, to: folder, at: point)
    let name = layout == .folders ? "acme/profile.json" : "profiles/acme.json"
    return try journal.documents(in: folder)[name]
  }

  /// What an old file of the flat layout held, and its import.
  private func importFlat() throws -> JSONObject {
    let fields: JSONObject = [
      "profile_id": "acme", "name": "Acme", "organization_type": "nonprofit",
      "focus_areas": ["health"], "annual_revenue": 502611, "status": "active",
      "created_at": "2025-08-10 14:40:01.485534", "updated_at": "2025-08-28 06:54:02.671343",
      "notes": .null, "last_discovery_date": "2025-08-28 06:54:02.670872", "discovery_count": 9,
      "discovery_status": "completed",
    ]
    try journal.record(
      .created(fields), .started("old"), .completed("old"), .imported(["source": "x"]))
    return fields
  }

  @Test("A profile that was recorded here has what the old programs need and kept")
  func native() throws {
    try journal.record(.created(["name": "Acme", "budget": 1.50]))
    try journal.record(.started("s1"))
    #expect(
      try document(.flat) == [
        "profile_id": "acme", "name": "Acme", "budget": 1.50, "organization_type": "nonprofit",
        "focus_areas": ["general"], "status": "active",
        "created_at": "2025-10-01 12:00:01.000000", "updated_at": "2025-10-01 12:00:02.000000",
        "discovery_status": "in_progress", "last_discovery_date": "2025-10-01 12:00:02.000000",
        "discovery_count": 1,
      ])
    #expect(
      try document(.folders) == [
        "profile_id": "acme", "name": "Acme", "budget": 1.50, "organization_name": "Acme",
        "status": "active", "created_at": "2025-10-01T12:00:01.000000",
        "updated_at": "2025-10-01T12:00:02.000000", "discovery_status": "in_progress",
        "last_discovery_at": "2025-10-01T12:00:02.000000",
      ])
  }

  @Test("A profile without a name is called by its id, and one without a session never ran")
  func bare() throws {
    try journal.record(.created())
    let document = try #require(try document(.folders))
    #expect(document["organization_name"] == "acme")
    #expect(document["discovery_status"] == "never_run")
    #expect(document["last_discovery_at"] == .null)
  }

  @Test("What was imported comes out as it was")
  func imported() throws {
    let fields = try importFlat()
    #expect(try document(.flat) == .object(fields))
    #expect(try document(.flat)?.object?.names == fields.names)
  }

  @Test("In the other layout it has what that program cannot do without, and else is as it was")
  func otherLayout() throws {
    var fields = try importFlat()
    fields["organization_name"] = "Acme"
    #expect(try document(.folders) == .object(fields))
  }

  @Test("What is newer than the import stands in place of what was imported")
  func newer() throws {
    var fields = try importFlat()
    try journal.record(.profileUpdated(set: ["name": "Acme Inc."], unset: [], origin: .init()))
    fields["name"] = "Acme Inc."
    fields["updated_at"] = "2025-10-01 12:00:02.000000"
    #expect(try document(.flat) == .object(fields))
    try journal.record(.started("new"))
    fields["updated_at"] = "2025-10-01 12:00:03.000000"
    fields["discovery_status"] = "in_progress"
    fields["last_discovery_date"] = "2025-10-01 12:00:03.000000"
    fields["discovery_count"] = 10
    #expect(try document(.flat, at: .seq(7)) == .object(fields))
    try journal.record(.failed("new", "e"))
    try journal.record(.profileArchived(reason: nil))
    fields["updated_at"] = "2025-10-01 12:00:05.000000"
    fields["discovery_status"] = "failed"
    fields["last_discovery_date"] = "2025-10-01 12:00:04.000000"
    fields["status"] = "archived"
    #expect(try document(.flat, at: .seq(9)) == .object(fields))
  }

  @Test("A state of the file that is none here stays, until the profile is archived or deleted")
  func unknownStatus() throws {
    try journal.record(.created(["status": "draft", "name": "A"]), .imported([:]))
    try journal.record(.started("s"))
    #expect(try document(.folders, at: .seq(4))?["status"] == "draft")
    try journal.record(.failed("s", "e"))
    try journal.record(.profileDeleted(reason: nil))
    #expect(try document(.folders)?["status"] == "deleted")
  }

  @Test("A second import that brings no fields takes nothing back")
  func importedAgain() throws {
    _ = try importFlat()
    try journal.record(.started("new"))
    try journal.record(.failed("new", "e"), .imported(["source": "y"]))
    #expect(try document(.flat)?["discovery_count"] == 10)
    #expect(try document(.flat)?["discovery_status"] == "failed")
  }

  @Test("Sessions that were imported without a profile's file have none again")
  func noFile() throws {
    try journal.record(.started("s1"), .imported([:]))
    #expect(try document(.flat) == nil)
    #expect(try document(.folders) == nil)
    try journal.record(.profileUpdated(set: ["name": "A"], unset: [], origin: .init()))
    #expect(try document(.flat, at: .seq(4))?["name"] == "A")
  }

  @Test("It can be had as of any point")
  func asOf() throws {
    try journal.record(.created(["a": 1]))
    try journal.record(.profileUpdated(set: ["a": 2], unset: [], origin: .init()))
    #expect(try document(.folders, at: .seq(2))?["a"] == 1)
    #expect(try document(.folders, at: .seq(3))?["a"] == 2)
  }
}
