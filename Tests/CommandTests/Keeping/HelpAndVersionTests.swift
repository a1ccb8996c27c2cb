import Testing

@testable import Command

@Suite("Help and version")
struct HelpAndVersionTests {
  let world = World()

  @Test(
    "The version can be asked for in three ways",
    arguments: [["version"], ["--version"], ["--version", "status"]])
  func version(words: [String]) throws {
    #expect(try world.call(words) == .init(.done, "daybook 0.1.0 (journal format 1)\n"))
  }

  @Test("The version as JSON")
  func versionJSON() throws {
    #expect(
      try world.call(["version", "--json"])
        == .init(.done, try pretty(#"{"version":"0.1.0","format":1}"#)))
  }

  @Test(
    "The overview names every command with its summary, once",
    arguments: [[], ["--help"], ["-h"], ["help"]])
  func overview(words: [String]) throws {
    let outcome = try world.call(words)
    #expect(outcome.status == .done)
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix("usage: daybook COMMAND [OPERAND …] [OPTION …]\n"))
    let lines = outcome.output.split(separator: "\n").map(String.init)
    for verb in Verb.all {
      let rows = lines.filter { $0.hasPrefix("  \(verb.spec.name)  ") }
      #expect(rows.count == 1, "\(verb.spec.name)")
    }
  }

  @Test("Every command belongs to one group of the overview")
  func groups() {
    let grouped = Verb.groups.flatMap(\.verbs)
    #expect(grouped.sorted() == Verb.all.map(\.spec.name).sorted())
  }

  @Test("Every command explains itself, whichever way it is asked", arguments: Verb.all.map(\.spec))
  func command(spec: CommandSpec) throws {
    let name = spec.name.split(separator: " ").map(String.init)
    let asked = try world.call(name + ["--help"])
    #expect(asked.status == .done)
    #expect(asked.errors == "")
    #expect(asked.output.hasPrefix("usage: daybook \(spec.name)"))
    #expect(asked.output.contains(spec.summary + "\n"))
    for option in spec.allOptions { #expect(asked.output.contains("--\(option.name)")) }
    for example in spec.examples { #expect(asked.output.contains("  \(example)\n")) }
    #expect(try world.call(["help"] + name) == asked)
    #expect(try world.call(["-h"] + name) == asked)
    #expect(try world.call(name + ["operand", "--json", "-h"]) == asked)
  }

  @Test("One of them, whole")
  func whole() throws {
    #expect(
      try world.call(["fail", "--help"])
        == .init(
          .done,
          """
          usage: daybook fail SESSION --error TEXT … [--profile PROFILE] [--id KEY]

          Fail a session

          Options
            --error TEXT       what went wrong (required, may be repeated)
            --profile PROFILE  where the session is; spares the look-up
            --id KEY           idempotency key: the same call with the same key records
                               nothing the second time

          Options of every command
            --journals DIR             Where the journals are; else $DAYBOOK_JOURNALS,
                                       else ./Journals
            --by WHO                   Who records; else $DAYBOOK_BY, else the login name
            --json                     Print one JSON document
            --color auto|always|never  When to colour; auto follows the terminal and
                                       $NO_COLOR
            -q, --quiet                Say nothing but results and errors
            --single-writer            Promise that no other process writes to these
                                       journals
            -h, --help                 Explain the command

          Examples
            daybook fail $S --error 'timeout after 30 s'

          """))
  }

  @Test("Help touches no journals")
  func touchesNothing() throws {
    _ = try world.run("start", "acme", "--help")
    _ = try world.run("help", "start")
    #expect(try world.tree().isEmpty)
  }
}
