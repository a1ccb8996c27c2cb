import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("daybook compact")
struct CompactTests {
  let world = World()

  init() throws {
    try world.done("profile", "create", "acme", "a=1")
    try world.done("start", "acme")
    try world.done("complete", "session_000000000002")
    try world.done("profile", "create", "beta")
  }

  private func names(_ profile: String = "acme") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: world.root + "/" + profile).sorted()
  }

  private func snapshot(_ seq: Int) -> String {
    String(repeating: "0", count: 20 - "\(seq)".count) + "\(seq).discovery-2.snapshot.json"
  }

  private func size(_ file: String) throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: world.root + "/acme/" + file)).count
  }

  @Test(
    "of all passes over a folder that a first append left behind; of one that is named, does not")
  func empty() throws {
    try FileManager.default.createDirectory(
      atPath: world.root + "/gamma", withIntermediateDirectories: false)
    let all = try world.run("compact")
    #expect(all.status == .done && all.errors == "", "\(all)")
    #expect(try world.run("compact", "gamma").status == .notFound)
    #expect(try world.run("export", "--to", world.base + "/old").status == .done)
    #expect(try world.run("export", "gamma", "--to", world.base + "/old").status == .notFound)
  }

  @Test("A past that was pruned is told of where all are asked for; one that never was is not")
  func prunedPast() throws {
    _ = try world.done("compact", "acme", "--prune-before", "5")
    try world.done("start", "acme")
    _ = try world.done("compact", "acme", "--prune-before", "5")
    for arguments in [["status"], ["status", "--json"], ["export", "--to", world.base + "/old"]] {
      let all = try world.run(arguments + ["--at", "0"])
      #expect(all.status == .notFound, "\(arguments)")
      #expect(all.errors.contains("acme") && all.errors.contains("pruning"), "\(all)")
      #expect(!all.errors.contains("beta"), "\(all)")
    }
  }

  @Test("writes a snapshot for each profile, and changes no byte of a journal")
  func snapshots() throws {
    let before = try world.bytes()
    let outcome = try world.run("compact")
    #expect(outcome.status == .done)
    #expect(outcome.errors == "")
    #expect(
      outcome.output.hasPrefix(
        "acme: head 4:<acme 4>, wrote ROOT/acme/\(snapshot(4)), \(try size(snapshot(4))) bytes\n"
          + "beta: head 2:<beta 2>, wrote ROOT/beta/\(snapshot(2)), "), "\(outcome)")
    #expect(try world.bytes() == before)
    #expect(
      try world.run("compact", "acme")
        == .init(.done, "acme: head 4:<acme 4>, the snapshot of this entry is there\n"))
  }

  @Test("tells programs what it did")
  func json() throws {
    let outcome = try world.run("compact", "acme", "--json")
    #expect(
      try outcome
        == .init(
          .done,
          pretty(
            """
            [{"profile_id":"acme","seq":4,"head":"<acme 4>","snapshot":\
            {"file":"ROOT/acme/\(snapshot(4))","bytes":\(size(snapshot(4)))},\
            "removed":[],"cleared":[],"pruned":[],"sealed":false}]
            """)))
    let again = try world.run("compact", "acme", "--ndjson")
    #expect(try JSON(parsing: again.output)["snapshot"] == .null)
  }

  @Test("keeps as many of the newest snapshots as it is told to, and else two")
  func keep() throws {
    for value in 2...4 {
      try world.done("compact", "acme", "--keep", "9")
      try world.done("profile", "set", "acme", "a=\(value)")
    }
    #expect(try names().count == 4)
    let outcome = try world.run("compact", "acme")
    #expect(outcome.status == .done)
    #expect(
      outcome.output.hasSuffix(
        "  removed: ROOT/acme/\(snapshot(5))\n  removed: ROOT/acme/\(snapshot(4))\n"))
    #expect(try names() == ["00000000000000000001.ndjson", snapshot(6), snapshot(7)])
    try world.done("compact", "acme", "--keep", "1")
    #expect(try names() == ["00000000000000000001.ndjson", snapshot(7)])
  }

  @Test("clears what one that was stopped has left")
  func cleared() throws {
    let left = ".\(snapshot(3)).0123456789abcdef.tmp"
    try Data("{".utf8).write(to: URL(fileURLWithPath: world.root + "/acme/" + left))
    let outcome = try world.run("compact", "acme")
    #expect(
      outcome.output.hasSuffix("  cleared: ROOT/acme/\(left), left by one that was stopped\n"))
    #expect(try names() == ["00000000000000000001.ndjson", snapshot(4)])
  }

  @Test("drops history only where it is asked to, by segments, and what is left works on")
  func prune() throws {
    // All of it is old: the segment is closed, to be dropped once something stands behind it.
    let sealed = try world.run("compact", "acme", "--prune-before", "now")
    #expect(sealed.status == .done)
    #expect(sealed.output.hasSuffix("  sealed: the segment that was written to\n"))
    try world.done("profile", "set", "acme", "b=2")
    let before = try digest()
    let length = try world.bytes().count
    let pruned = try world.run("compact", "acme", "--prune-before", "6")
    #expect(pruned.status == .done)
    #expect(
      pruned.output.hasSuffix(
        "  pruned: \(world.segment().replacing(world.root, with: "ROOT")), entries 1 to 5, "
          + "\(length) bytes\n"), "\(pruned)")
    #expect(try digest() == before)
    #expect(try world.run("replay", "acme", "--check").status == .done)
    #expect(try world.run("verify", "acme").status == .done)
    let gone = try world.run("status", "acme", "--at", "3", "--json")
    #expect(gone.status == .notFound)
    #expect(try JSON(parsing: gone.errors)["error"]?["code"] == "pruned")
    let session = try world.done("start", "acme").filter { !$0.isNewline }
    try world.done("complete", session)
    #expect(try world.run("replay", "acme", "--check").status == .done)
  }

  @Test(
    "refuses numbers that keep nothing, and points that are none",
    arguments: [
      (["--keep", "0"], "--keep 0 keeps no snapshot"),
      (["--keep", "-1"], "--keep -1 is not a whole number"),
      (["--keep", "all"], "--keep all is not a whole number"),
      (["--prune-before", "soon"], "“soon” is not a time"),
      (["--prune-before", ""], "“” is not a time"),
    ])
  func nonsense(words: [String], message: String) throws {
    let before = try world.tree()
    let outcome = try world.run(["compact", "acme"] + words)
    #expect(outcome.status == .usage)
    #expect(outcome.errors.hasPrefix("error: \(message)\n"), "\(outcome)")
    #expect(try world.tree() == before)
  }

  @Test("goes on with the others where there is no such journal, or one is damaged")
  func others() throws {
    #expect(try world.run("compact", "nobody").status == .notFound)
    for value in 2...4 { try world.done("profile", "set", "acme", "a=\(value)") }
    try world.flipByte(inLine: 3)
    let outcome = try world.run("compact")
    #expect(outcome.status == .damage)
    #expect(outcome.output.hasPrefix("beta: head 2:<beta 2>, wrote "))
    #expect(outcome.errors.hasPrefix("error: acme: the journal is damaged: "))
  }

  @Test("A snapshot that cannot be used is a warning, and not even that with --quiet")
  func badSnapshot() throws {
    try world.done("compact", "acme")
    let path = world.root + "/acme/" + snapshot(4)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("completed", with: "completes")
      .write(toFile: path, atomically: false, encoding: .utf8)
    for words in [["status", "acme"], ["sessions", "acme"], ["profile", "set", "acme", "a=5"]] {
      let outcome = try world.run(words)
      #expect(outcome.status == .done)
      #expect(
        outcome.errors.hasPrefix("warning: acme: the snapshot was not used: "), "\(outcome)")
    }
    let json = try world.run("status", "acme", "--json")
    #expect(try JSON(parsing: json.errors)["warning"]?["profile_id"] == "acme")
    #expect(try world.run("status", "acme", "--quiet").errors == "")
    #expect(try world.run("replay", "acme").errors == "")
  }

  private func digest() throws -> String? {
    try JSON(parsing: world.done("replay", "acme", "--json"))["digest"]?.string
  }
}
