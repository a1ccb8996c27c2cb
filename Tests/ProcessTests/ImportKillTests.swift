import Discovery
import Foundation
import Glibc
import JournalEngine
import Testing

@Suite("daybook import")
struct ImportKillTests {
  @Test("that is killed leaves each profile whole or not at all, and the next one does the rest")
  func killed() throws {
    var seed = Seed.given()
    let scratch = try Scratch()
    let journals = scratch.journals
    let folder = scratch.path + "/old"
    let count = 60
    for number in 0..<count { try Self.put(number, in: folder) }
    var (kills, seen) = (0, [Int]())
    while true {
      let child = try Child(journals.command(["import", folder, "--quiet"]))
      usleep(UInt32.random(in: 2000..<40_000, using: &seed))
      child.send(SIGKILL)
      let result = child.finish()
      let whole = try Self.whole(journals)
      seen.append(whole)
      if result.status == .exit(0) {
        #expect(whole == count)
        break
      }
      #expect(result.status == .signal(SIGKILL), "DAYBOOK_SEED=\(seed.start): \(result)")
      kills += 1
      if kills == 200 { break }
    }
    #expect(seen == seen.sorted(), "DAYBOOK_SEED=\(seed.start): \(seen)")
    let last = try journals.daybook("import", folder)
    #expect(last.status == .exit(0), "DAYBOOK_SEED=\(seed.start): \(last)")
    #expect(try Self.whole(journals) == count)
    let verified = try journals.daybook("verify")
    #expect(verified.status == .exit(0), "DAYBOOK_SEED=\(seed.start): \(verified)")
  }

  @Test(
    "on a full disk names what it could not record, and the next one does the rest",
    .enabled(if: Volume.canMount, "only a privileged user can mount a file system"))
  func fullDisk() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/old"
    for number in 0..<40 { try Self.put(number, in: folder) }
    let volume = try Volume(kilobytes: 96)
    let journals = Journals(root: volume.path + "/Journals")
    let full = try journals.daybook("import", folder, "--json")
    #expect(full.status == .exit(1), "\(full)")
    #expect(full.error.contains(#""code":"disk_full""#), "\(full)")
    let whole = try Self.whole(journals)
    #expect(whole > 0 && whole < 40)
    let rest = try Volume(kilobytes: 4096)
    try FileManager.default.copyItem(
      atPath: journals.root, toPath: rest.path + "/Journals")
    let more = Journals(root: rest.path + "/Journals")
    let next = try more.daybook("import", folder)
    #expect(next.status == .exit(0), "\(next)")
    #expect(try Self.whole(more) == 40)
  }

  /// How many profiles are there; each of them with all that it has.
  private static func whole(_ journals: Journals) throws -> Int {
    let profiles = Profiles(root: journals.root)
    var whole = 0
    for name in try profiles.names() ?? [] {
      do {
        let state = try profiles.state(of: name).state
        #expect(try state.sessions().map(\.status) == [.completed, .failed, .completed])
        #expect(state.fields["name"] == .string(name.text))
        #expect(state.imports.count == 1)
        whole += 1
      } catch let error as JournalError where error.code == .notFound {
      } catch let error as DiscoveryError where error.code == .notFound {
      }
    }
    return whole
  }

  static func put(_ number: Int, in folder: String) throws {
    let profile = "profile-\(number)"
    try put(
      ["profile_id": .string(profile), "name": .string(profile), "created_at": "2025-01-01"],
      at: "\(folder)/\(profile)/profile.json")
    for (place, status) in ["completed", "failed", "completed"].enumerated() {
      let id = "\(profile)-\(place)"
      try put(
        [
          "session_id": .string(id), "profile_id": .string(profile), "status": .string(status),
          "started_at": .string("2025-02-0\(place + 1)T10:00:00"),
          "completed_at": .string("2025-02-0\(place + 1)T11:00:00"),
        ], at: "\(folder)/\(profile)/sessions/\(id).json")
    }
  }

  private static func put(_ document: JSON, at path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(document.text.utf8).write(to: url)
  }
}
