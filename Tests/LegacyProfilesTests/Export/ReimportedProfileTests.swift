import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("The file of a profile that was imported more than once")
struct ReimportedProfileTests {
  let store: OldStore

  init() throws { store = try OldStore() }

  private static let last = "2025-08-28 06:54:02.670872"

  /// Imports the old file, with some members changed.
  private func bring(_ changes: JSONObject = [:]) throws {
    var members: JSONObject = [
      "profile_id": "p", "name": "A", "organization_type": "nonprofit", "focus_areas": ["a"],
      "status": "active", "created_at": "2025-08-10 14:40:01",
      "updated_at": "2025-08-28 06:54:02.671343", "discovery_count": 7,
      "discovery_status": "completed", "last_discovery_date": .string(Self.last),
    ]
    for (name, value) in changes { members[name] = value }
    try store.put(.object(members), at: "profiles/p.json")
    let outcome = try store.importAll()
    #expect(outcome.failures.isEmpty)
    store.clock.advance(by: .seconds(10))
  }

  private func record(_ command: ProfileCommand) throws {
    _ = try store.profiles().perform(command, on: JournalName("p"))
    store.clock.advance(by: .seconds(10))
  }

  private func exported(at point: Point = .head) throws -> JSONObject {
    try exported(.flat, at: point)
  }

  private func exported(_ layout: LegacyLayout, at point: Point = .head) throws -> JSONObject {
    let folder = "/\(layout)-\(point)-\(store.disk.paths.count)"
    let exporter = ProfileExporter(to: folder, in: layout, from: store.profiles())
    let result = try exporter.export(JournalName("p"), at: point)
    #expect(result.failures.isEmpty)
    let name = layout == .flat ? "/profiles/p.json" : "/p/profile.json"
    let bytes = try #require(store.disk.bytes(of: folder + name))
    return try #require(try JSON(parsing: bytes).object)
  }

  @Test("What was archived here stays archived, whatever else an import sets")
  func archived() throws {
    try bring()
    try record(.archive(reason: nil))
    for name in ["B", "C", "D"] {
      try bring(["name": .string(name)])
      let profile = try exported()
      #expect(profile["name"] == .string(name))
      #expect(profile["status"] == "archived")
      // The journal's newest entry is the import.
      let updated = try #require(try store.state("p").updatedAt)
      #expect(profile["updated_at"] == .string(LegacyLayout.flat.text(updated)))
    }
  }

  @Test("What was restored here stays active")
  func restored() throws {
    try bring(["status": "archived"])
    #expect(try exported()["status"] == "archived")
    try record(.restore(reason: nil))
    try bring(["status": "archived", "name": "B"])
    #expect(try exported()["status"] == "active")
  }

  @Test("What was deleted here stays deleted")
  func deleted() throws {
    try bring()
    try record(.delete(reason: nil))
    try bring(["name": "B"])
    #expect(try exported()["status"] == "deleted")
  }

  @Test("A status that an import brings is the exported one, where the journal takes it")
  func broughtStatus() throws {
    try bring()
    try record(.archive(reason: nil))
    try bring(["status": "deleted"])
    #expect(try exported()["status"] == "deleted")
    try bring(["status": "active", "name": "B"])
    #expect(try exported()["status"] == "active")
    try bring(["status": "draft"])
    #expect(try exported()["status"] == "draft")
    try record(.archive(reason: nil))
    try bring(["status": "waiting"])
    #expect(try exported()["status"] == "archived")
  }

  @Test("A session that ran here is the last one and is counted after an import of other fields")
  func discovery() throws {
    try bring()
    try record(.start(session: "s1", tracks: [], params: [:]))
    try record(.fail(session: "s1", errors: ["x"]))
    let before = try exported()
    #expect(before["discovery_status"] == "failed")
    #expect(before["discovery_count"] == 8)
    #expect(before["last_discovery_date"] == "2027-01-01 00:00:20.000000")
    for name in ["B", "C"] {
      try bring(["name": .string(name)])
      let after = try exported()
      for member in ["discovery_status", "discovery_count", "last_discovery_date"] {
        #expect(after[member] == before[member], "\(member)")
      }
      #expect(try exported(.folders)["last_discovery_at"] == "2027-01-01T00:00:20.000000")
    }
  }

  @Test("Sessions of both are counted, and the last of them is the last one")
  func sessionsOfBoth() throws {
    try bring()
    try record(.start(session: "here", tracks: [], params: [:]))
    try record(.fail(session: "here", errors: ["x"]))
    try store.put(
      OldStore.session(
        "there", of: "p", from: "2027-01-01 00:00:31", to: "2027-01-01 00:00:32.5"),
      at: "sessions/there.json")
    store.clock.advance(by: .seconds(10))
    let changes: JSONObject = [
      "discovery_count": 8, "last_discovery_date": "2027-01-01 00:00:32.5",
      "updated_at": "2027-01-01 00:00:32.6",
    ]
    try bring(changes)
    let profile = try exported()
    #expect(profile["discovery_count"] == 9)
    #expect(profile["discovery_status"] == "completed")
    #expect(profile["last_discovery_date"] == "2027-01-01 00:00:32.5")
    try record(.start(session: "more", tracks: [], params: [:]))
    let newer = try exported()
    #expect(newer["discovery_count"] == 10)
    #expect(newer["discovery_status"] == "in_progress")
    #expect(newer["last_discovery_date"] == "2027-01-01 00:00:50.000000")
  }

  @Test("An exported file that comes back counts no session twice", arguments: [0, 2])
  func cameBack(further: Int) throws {
    try bring()
    for id in ["s1", "s2"] {
      try record(.start(session: id, tracks: [], params: [:]))
      try record(.fail(session: id, errors: ["x"]))
    }
    var profile = try exported()
    #expect(profile["discovery_count"] == 9)
    profile["name"] = "B"
    for number in 0..<further {
      // The earlier program goes on with it.
      let end = "2027-01-01 00:01:4\(number)"
      try store.put(
        OldStore.session("old\(number)", of: "p", from: end, to: end),
        at: "sessions/old\(number).json")
      profile["last_discovery_date"] = .string(end)
    }
    profile["discovery_count"] = .number(JSONNumber(9 + further))
    store.clock.advance(by: .seconds(120))
    try store.put(.object(profile), at: "profiles/p.json")
    try store.importAll()
    #expect(try store.state("p").sessionCount == 2 + further)
    #expect(try exported()["discovery_count"] == .number(JSONNumber(9 + further)))
    #expect(try exported()["last_discovery_date"] == profile["last_discovery_date"])
    store.clock.advance(by: .seconds(10))
    try record(.start(session: "s3", tracks: [], params: [:]))
    #expect(try exported()["discovery_count"] == .number(JSONNumber(10 + further)))
  }

  @Test("An older last discovery that an import brings does not hide the one here")
  func olderDiscovery() throws {
    try bring()
    try record(.start(session: "here", tracks: [], params: [:]))
    try record(.fail(session: "here", errors: ["x"]))
    try bring(["last_discovery_date": "2025-09-01 00:00:00", "discovery_count": 8])
    let profile = try exported()
    #expect(profile["discovery_status"] == "failed")
    #expect(profile["last_discovery_date"] == "2027-01-01 00:00:20.000000")
    #expect(profile["discovery_count"] == 9)
  }

  @Test("updated_at is the file's where the file is newer than what happened here")
  func updated() throws {
    try bring()
    try record(.update(set: ["mine": 1], unset: [], origin: .init()))
    try bring(["name": "B", "updated_at": "2026-12-31 00:00:00"])
    let updated = try #require(try store.state("p").updatedAt)
    #expect(try exported()["updated_at"] == .string(LegacyLayout.flat.text(updated)))
    try bring(["name": "C", "updated_at": "2027-01-01 00:00:25"])
    #expect(try exported()["updated_at"] == "2027-01-01 00:00:25")
    #expect(try exported()["mine"] == 1)
  }

  @Test("Imports alone leave every member as the old file has it")
  func untouched() throws {
    try bring()
    try bring(["name": "B", "status": "archived"])
    try bring(["name": "C", "status": "draft", "discovery_count": 9])
    let profile = try exported()
    #expect(profile["status"] == "draft")
    #expect(profile["discovery_count"] == 9)
    #expect(profile["updated_at"] == "2025-08-28 06:54:02.671343")
    #expect(profile["last_discovery_date"] == .string(Self.last))
  }

  @Test("What was recorded here before the first import is not lost either")
  func recordedFirst() throws {
    try record(.create(fields: ["name": "A"], origin: .init()))
    try record(.start(session: "s1", tracks: [], params: [:]))
    try record(.fail(session: "s1", errors: ["x"]))
    try bring()
    let profile = try exported()
    #expect(profile["discovery_count"] == 8)
    #expect(profile["discovery_status"] == "failed")
    #expect(profile["last_discovery_date"] == "2027-01-01 00:00:20.000000")
  }

  @Test("As of a point within an import, the import is no work of ours")
  func withinAnImport() throws {
    try bring()
    try bring(["name": "B"])
    let fields = try #require(
      try store.entries("p").last { $0.type == EventType.profileUpdated }?.seq)
    #expect(try exported(at: .seq(fields))["updated_at"] == "2025-08-28 06:54:02.671343")
  }

  /// Drops the entries before the newest one.
  private func prune() throws {
    let profiles = store.profiles()
    let writer = try JournalWriter<Profile>(
      JournalName("p"), in: profiles.root, system: profiles.system, options: profiles.options)
    _ = try writer.compact(
      CompactionOptions(pruneBefore: .seq(#require(try store.entries("p").last?.seq))))
    try writer.close()
    store.clock.advance(by: .seconds(10))
  }

  @Test("What was recorded here is not lost where its entries were pruned")
  func pruned() throws {
    try store.put(
      OldStore.session("old", of: "p", from: "2025-08-28 06:00:00", to: "2025-08-28 06:54:02"),
      at: "sessions/old.json")
    try bring()
    try record(.start(session: "s1", tracks: [], params: [:]))
    try record(.fail(session: "s1", errors: ["x"]))
    try record(.archive(reason: nil))
    try prune()
    try record(.update(set: ["mine": 1], unset: [], origin: .init()))
    var before = try exported()
    try prune()
    #expect(try store.entries("p").first.map { $0.seq > 5 } == true)
    #expect(try exported() == before)
    #expect(before["status"] == "archived")
    #expect(before["discovery_status"] == "failed")
    #expect(before["discovery_count"] == 8)
    try record(.restore(reason: nil))
    try record(.start(session: "s2", tracks: [], params: [:]))
    before = try exported()
    #expect(before["status"] == "active")
    #expect(before["discovery_status"] == "in_progress")
    #expect(before["discovery_count"] == 9)
  }

  @Test("However many sessions imports say that they brought, what was pruned is exported")
  func boundlessImports() throws {
    try bring()
    let profiles = store.profiles()
    let writer = try JournalWriter<Profile>(
      JournalName("p"), in: profiles.root, system: profiles.system, options: profiles.options)
    for sessions in [Int64.max, .max, .min] {
      try writer.append(.imported(["sessions": .number(JSONNumber(sessions))]))
    }
    try writer.close()
    try prune()
    try record(.update(set: ["mine": 1], unset: [], origin: .init()))
    let before = try exported()
    try prune()
    #expect(try store.entries("p").first.map { $0.seq > 5 } == true)
    #expect(try exported() == before)
  }

  @Test("What was only imported is as the old file has it where its entries were pruned")
  func prunedImport() throws {
    try store.put(
      OldStore.session("old", of: "p", from: "2025-08-28 06:00:00", to: "2025-08-28 06:54:02"),
      at: "sessions/old.json")
    try bring(["status": "draft"])
    try prune()
    try bring(["status": "draft", "name": "B"])
    let before = try exported()
    try prune()
    #expect(try store.entries("p").first.map { $0.seq > 5 } == true)
    #expect(try exported() == before)
    #expect(before["status"] == "draft")
    #expect(before["last_discovery_date"] == .string(Self.last))
  }
}
