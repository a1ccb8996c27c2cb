import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("daybook repair")
struct RepairTests {
  let world = World()

  /// Nine entries.
  init() throws {
    try world.done("profile", "create", "acme", "a=1")  // 1, 2
    try world.done("start", "acme")  // 3
    try world.done("complete", "session_000000000002")  // 4
    for value in 2...6 { try world.done("profile", "set", "acme", "a=\(value)") }  // 5 to 9
  }

  private func place(_ line: Int) throws -> Int {
    try world.lines()[..<(line - 1)].reduce(0) { $0 + $1.utf8.count + 1 }
  }

  @Test("says of a journal that is sound that there is nothing to do, and does nothing")
  func sound() throws {
    let before = try world.tree()
    for words in [[], ["--apply"]] {
      #expect(
        try world.run(["repair", "acme"] + words)
          == .init(.done, "acme: sound, there is nothing to repair\n"))
      #expect(
        try world.run(["repair", "acme", "--json"] + words)
          == .init(
            .done, try pretty(#"{"profile_id":"acme","damaged":false,"repaired":false}"#)))
    }
    #expect(try world.tree() == before)
    #expect(try world.run("repair", "nobody").status == .notFound)
    #expect(try world.run("repair").status == .usage)
  }

  @Test("shows what would be given up, and changes nothing")
  func plan() throws {
    try world.flipByte(inLine: 7)
    let before = try world.tree()
    let outcome = try world.run("repair", "acme")
    #expect(outcome.status == .damage)
    #expect(outcome.errors == "")
    let file = "00000000000000000001.ndjson"
    let rows = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      rows[0..<5] == [
        "profile       acme",
        "damage        a line there shows that entries which were vouched for are missing or "
          + "altered (ROOT/acme/\(file), byte \(try place(8)))",
        "beyond doubt  6:<acme 6>",
        "to give up    3 lines, 1 of them entries so far",
        "head          10, once it is repaired",
      ])
    for seq in 7...9 {
      let row = rows.first { $0.hasPrefix("  \(seq)  ") }
      #expect(row?.contains("  profile.updated  ") == true)
      #expect(row?.contains("\(file) byte \(try place(seq)), ") == true)
    }
    #expect(outcome.output.hasSuffix("then run `daybook repair acme --apply`.\n"))
    #expect(try world.tree() == before)
  }

  @Test("shows it to programs")
  func json() throws {
    try world.flipByte(inLine: 7)
    let outcome = try world.run("repair", "acme", "--json")
    #expect(outcome.status == .damage)
    let document = try JSON(parsing: outcome.output)
    #expect(document["damaged"] == true)
    #expect(document["repaired"] == false)
    #expect(document["beyond_doubt"] == ["seq": 6, "head": "<acme 6>"])
    #expect(document["seq"] == 10)
    #expect(document["head"] == .null)
    #expect(document["lines"] == 3)
    #expect(document["given_up"]?.array?.compactMap { $0["seq"]?.int } == [7, 8, 9])
    #expect(document["given_up"]?.array?.first?["offset"]?.int == Int64(try place(7)))
  }

  @Test("repairs, changes no byte that was there, and the journal works on")
  func apply() throws {
    try world.flipByte(inLine: 7)
    let before = try world.bytes()
    let outcome = try world.run("repair", "acme", "--apply")
    #expect(outcome.status == .done, "\(outcome)")
    #expect(outcome.output.contains("\ngiven up      3 lines, 1 of them entries so far\n"))
    #expect(outcome.output.contains("\nhead          10:<acme 10>\n"))
    #expect(try world.bytes().starts(with: before))
    #expect(try world.lines().last?.contains(#""by":"tester""#) == true)

    #expect(
      try world.run("repair", "acme")
        == .init(.done, "acme: sound, there is nothing to repair\n"))
    #expect(try JSON(parsing: world.done("status", "acme", "--json")).array?.first?["seq"] == 10)
    #expect(try world.done("status", "acme").contains("\na                3\n"))
    let session = try world.done("start", "acme").filter { !$0.isNewline }
    try world.done("complete", session)
    #expect(try world.run("replay", "acme", "--check").status == .done)
    let verify = try world.run("verify", "acme")
    #expect(verify.status == .done)
    #expect(verify.output.split(separator: "\n").count { $0.hasPrefix("  given up: ") } == 3)
    let history = try world.run("history", "acme", "--void")
    #expect(history.status == .done)
    #expect(history.output.split(separator: "\n").count { $0.contains("void: given up") } == 3)
    #expect(history.output.contains("journal.repaired"))
  }

  @Test("A journal whose end was cut off below a snapshot is repaired")
  func cutBelowSnapshot() throws {
    try world.done("compact", "acme")
    try world.overwrite(Array(try world.bytes()[..<place(6)]))
    #expect(try world.run("profile", "set", "acme", "a=0").status == .damage)
    #expect(try world.run("verify", "acme").status == .damage)
    let plan = try JSON(parsing: world.run("repair", "acme", "--json").output)
    #expect(plan["beyond_doubt"] == ["seq": 5, "head": "<acme 5>"])
    #expect(plan["seq"] == 10)
    #expect(plan["lines"] == 0)
    #expect(try world.run("repair", "acme", "--apply").status == .done)
    try worksOn()
  }

  @Test("A journal without one of its segments is repaired up to there")
  func missingSegment() throws {
    // Closes the first, then the second.
    try world.done("compact", "acme", "--prune-before", "now")
    try world.done("profile", "set", "acme", "b=1")
    let names = try FileManager.default.contentsOfDirectory(atPath: world.root + "/acme")
      .filter { $0.hasSuffix(".ndjson") }.sorted()
    #expect(names.count == 2)
    for name in try FileManager.default.contentsOfDirectory(atPath: world.root + "/acme")
    where name.hasSuffix(".json") {
      try FileManager.default.removeItem(atPath: world.root + "/acme/" + name)
    }
    try FileManager.default.removeItem(atPath: world.root + "/acme/" + names[0])
    #expect(try world.run("status", "acme").status == .damage)
    #expect(try world.run("repair", "acme").status == .damage)
    #expect(try world.run("repair", "acme", "--apply").status == .done)
    #expect(try world.run("verify", "acme").status == .done)
    // All was lost but the right to begin again.
    try world.done("start", "acme")
    #expect(try world.run("verify", "acme").status == .done)
  }

  private func worksOn() throws {
    let session = try world.done("start", "acme").filter { !$0.isNewline }
    try world.done("complete", session)
    #expect(try world.run("status", "acme").status == .done)
    #expect(try world.run("replay", "acme", "--check").status == .done)
    #expect(try world.run("verify", "acme").status == .done)
  }
}
