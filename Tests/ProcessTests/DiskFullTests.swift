import Foundation
import JournalEngine
import Testing

@Suite(
  "A full disk",
  .enabled(if: Volume.canMount, "only a privileged user can mount a file system"))
struct DiskFullTests {
  @Test("An append that does not fit fails with disk_full and leaves not one byte")
  func append() throws {
    let volume = try Volume(kilobytes: 64)
    let journals = volume.journals
    try ballast(in: volume)
    try journals.done("start", "p")

    // The last page has room for short lines when long ones do not fit any more.
    for length in [2000, 700, 100, 1] {
      let refused = try fill(journals, with: length)
      #expect(refused.result.status == .exit(1), "\(refused.result)")
      #expect(refused.result.error.contains(#""code":"disk_full""#), "\(refused.result)")
      #expect(refused.result.output.isEmpty)
      #expect(refused.after == refused.before)
    }
    let size = try #require(
      FileManager.default.attributesOfItem(atPath: journals.segment("p"))[.size] as? Int)
    #expect(size > 40_000, "the disk was not filled")

    #expect(try journals.done("status", "p").contains("in_progress"))
    #expect(try journals.daybook("verify").status == .exit(0))
  }

  @Test("Once space is free the next append works, and nothing is in its way")
  func recovery() throws {
    let volume = try Volume(kilobytes: 64)
    let journals = volume.journals
    let ballast = try ballast(in: volume)
    try journals.done("start", "p")
    for length in [2000, 200, 1] { _ = try fill(journals, with: length) }
    try FileManager.default.removeItem(atPath: ballast)
    try journals.done("profile", "set", "p", "after=it")
    let readBack = try ReadBack(journals.reader("p"))
    #expect(readBack.entries.last?.type == "profile.updated")
    #expect(readBack.void.isEmpty)
    #expect(readBack.damage == nil)
  }

  @Test("A profile that finds no space does not begin, and does not disturb the others")
  func newProfile() throws {
    let volume = try Volume(kilobytes: 64)
    let journals = volume.journals
    let ballast = try ballast(in: volume)
    try journals.done("start", "p")
    for length in [2000, 200, 1] { _ = try fill(journals, with: length) }
    let refused = try journals.daybook("start", "q", "--json")
    #expect(refused.status == .exit(1))
    #expect(refused.error.contains(#""code":"disk_full""#), "\(refused)")
    #expect(try journals.daybook("status", "q").status == .exit(3))
    #expect(try journals.daybook("status").status == .exit(0))
    #expect(try journals.daybook("verify").status == .exit(0))
    try FileManager.default.removeItem(atPath: ballast)
    try journals.done("start", "q")
    #expect(try journals.daybook("verify").status == .exit(0))
  }

  @Test("A snapshot that does not fit is an error, leaves nothing, and is no loss")
  func snapshot() throws {
    let volume = try Volume(kilobytes: 96)
    let journals = volume.journals
    let ballast = try ballast(in: volume, bytes: 40_960)
    try journals.done("start", "p")
    for length in [2000, 200, 1] { _ = try fill(journals, with: length) }
    let before = try FolderImage(journals.root)
    for command in [["compact", "p"], ["compact", "p", "--prune-before", "now"]] {
      let refused = try Child.run(journals.command(command + ["--json"]))
      #expect(refused.status == .exit(1), "\(refused)")
      #expect(refused.error.contains(#""code":"disk_full""#), "\(refused)")
      #expect(try FolderImage(journals.root) == before)
    }
    #expect(try journals.daybook("replay", "p", "--check").status == .exit(0))
    try FileManager.default.removeItem(atPath: ballast)
    try journals.done("compact", "p")
    try journals.done("compact", "p", "--prune-before", "now")
    try journals.done("profile", "set", "p", "after=it")
    #expect(try journals.daybook("verify").status == .exit(0))
    #expect(try journals.daybook("replay", "p", "--check").status == .exit(0))
  }

  @Test("A segment that finds no space does not begin, and the journal goes on with it later")
  func nextSegment() throws {
    let volume = try Volume(kilobytes: 64)
    let journals = volume.journals
    let ballast = try ballast(in: volume)
    try journals.done("start", "p")
    // Closes the segment: the next append makes another.
    try journals.done("compact", "p", "--prune-before", "now")
    let filling = volume.path + "/filling"
    try? Data(count: 1 << 20).write(to: URL(fileURLWithPath: filling))
    let refused = try journals.daybook("start", "p", "--json")
    #expect(refused.status == .exit(1), "\(refused)")
    #expect(refused.error.contains(#""code":"disk_full""#), "\(refused)")
    #expect(try journals.daybook("verify").status == .exit(0))
    try FileManager.default.removeItem(atPath: ballast)
    if FileManager.default.fileExists(atPath: filling) {
      try FileManager.default.removeItem(atPath: filling)
    }
    try journals.done("start", "p")
    #expect(try journals.daybook("verify").status == .exit(0))
    #expect(try journals.daybook("replay", "p", "--check").status == .exit(0))
  }

  /// Takes up space, to be freed later.
  @discardableResult
  private func ballast(in volume: Volume, bytes: Int = 8192) throws -> String {
    let path = volume.path + "/ballast"
    try Data(count: bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Appends until it is refused, and says what was there before that and after.
  private func fill(
    _ journals: Journals, with length: Int
  ) throws -> (result: Child.Result, before: FolderImage, after: FolderImage) {
    let value = "filling=" + String(repeating: "x", count: length)
    for _ in 0..<1000 {
      let before = try FolderImage(journals.root)
      let result = try journals.daybook("profile", "set", "p", value, "--json")
      if result.status != .exit(0) {
        return (result, before, try FolderImage(journals.root))
      }
    }
    throw Child.Failure(action: "fill the disk", errno: 0)
  }
}
