import JournalEngine
import Testing

@testable import Command

@Suite("A journal that was altered")
struct DamageTests {
  let world = World()
  private let file = "ROOT/acme/00000000000000000001.ndjson"

  /// Nine entries, and a byte of the fifth is changed: beyond doubt is what stands before it.
  init() throws {
    try world.done("profile", "create", "acme", "a=1")  // 1, 2
    try world.done("start", "acme")  // 3
    try world.done("complete", "session_000000000002")  // 4
    for value in 2...6 { try world.done("profile", "set", "acme", "a=\(value)") }  // 5 to 9
    try world.flipByte(inLine: 5)
  }

  private var offset: Int {
    get throws { try world.lines()[0..<5].reduce(0) { $0 + $1.utf8.count + 1 } }
  }

  private var warning: String {
    get throws {
      "warning: acme: the journal is damaged: a line there shows that entries which were vouched "
        + "for are missing or altered; beyond doubt up to seq 4 (\(file), byte \(try offset)); "
        + "run `daybook verify` for all findings, and compare with a copy before repairing\n"
    }
  }

  @Test("status shows the state beyond doubt, warns, and exits with 5")
  func status() throws {
    #expect(
      try world.run("status", "acme")
        == .init(
          .damage,
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
          a                1

          """, errors: try warning))
  }

  @Test("So do all other verbs that read a state, as text and as JSON")
  func otherVerbs() throws {
    for words in [
      ["status"], ["sessions", "acme"], ["replay", "acme"],
      ["session", "session_000000000002", "--profile", "acme"], ["status", "acme", "--at", "5"],
    ] {
      for options in [[], ["--json"]] {
        let outcome = try world.run(words + options)
        #expect(outcome.status == .damage, "\(words)")
        if options.isEmpty {
          #expect(outcome.errors == (try warning), "\(words)")
        } else {
          #expect(try JSON(parsing: outcome.errors)["error"]?["code"] == "damaged", "\(words)")
        }
        #expect(!outcome.output.isEmpty)
        #expect(!outcome.output.contains("<acme 5>"))
      }
    }
    let quiet = try world.run("status", "acme", "--quiet", "--json")
    #expect(try JSON(parsing: quiet.errors)["error"]?["code"] == "damaged")
    #expect(quiet.status == .damage)
    #expect(try JSON(parsing: quiet.output).array?.first?["seq"] == 4)
  }

  @Test("What was before stays to be had, with the warning")
  func past() throws {
    let outcome = try world.run("status", "acme", "--at", "3", "--json")
    #expect(outcome.status == .damage)
    #expect(try JSON(parsing: outcome.output).array?.first?["discovery_status"] == "in_progress")
  }

  @Test("Other profiles are not touched by it")
  func others() throws {
    try world.done("profile", "create", "beta")
    #expect(try world.run("status", "beta").status == .done)
    let all = try world.run("status", "--ndjson")
    #expect(all.status == .damage)
    #expect(all.output.split(separator: "\n").count == 2)
  }

  @Test("Writing refuses, exits with 5, and changes no byte")
  func writing() throws {
    let before = try world.tree()
    for words in [
      ["profile", "set", "acme", "a=9"], ["start", "acme"], ["profile", "archive", "acme"],
      ["complete", "session_000000000002"], ["head", "acme"],
    ] {
      let outcome = try world.run(words)
      #expect(
        outcome
          == .init(
            .damage,
            errors: """
              error: the journal is damaged: a line there shows that entries which were vouched \
              for are missing or altered; beyond doubt up to seq 4 (\(file), byte \(try offset))
              hint: run `daybook verify` for all findings, and compare with a copy before repairing

              """), "\(words)")
    }
    let json = try world.run("start", "acme", "--json")
    #expect(json.errors.hasPrefix(#"{"error":{"code":"damaged","message":"the journal is damaged"#))
    #expect(try world.tree() == before)
  }

  @Test("history shows every line, with those that prove the damage, and exits with 5")
  func history() throws {
    let outcome = try world.run("history", "acme", "--void")
    #expect(outcome.status == .damage)
    #expect(outcome.errors == (try warning))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.filter { $0.contains("void: unchained, damage") }.count == 4)
    let raw = try world.run("history", "acme", "--void", "--raw")
    #expect(raw.output.split(separator: "\n").count == 9)
  }

  @Test("verify names each line that shows it, and up to where nothing is in doubt")
  func verify() throws {
    let outcome = try world.run("verify", "acme", "--json")
    #expect(outcome.status == .damage)
    let document = try #require(try JSON(parsing: outcome.output).array?.first)
    #expect(document["sound"] == false)
    #expect(document["last_beyond_doubt"] == 4)
    #expect(document["entries"] == 5)
    let findings = try #require(document["findings"]?.array)
    #expect(findings.filter { $0["damage"] == true }.compactMap { $0["seq"]?.int } == [6, 7, 8, 9])
    #expect(findings.first { $0["damage"] == true }?["offset"]?.int == Int64(try offset))
  }
}
