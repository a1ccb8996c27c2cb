import JournalEngine
import Testing

@testable import Command

@Suite("--at: as of a seq or a time")
struct AsOfTests {
  let world = World()
  private let session = "session_000000000002"

  init() throws {
    try world.done("profile", "create", "acme", "a=1")  // 12:00:01, 1 and 2
    try world.done("start", "acme")  // 12:00:02, 3
    try world.done("profile", "set", "acme", "a=2")  // 12:00:03, 4
    try world.done("complete", "session_000000000002")  // 12:00:04, 5
  }

  /// The words before `--at` for each verb that takes it.
  static let verbs: [[String]] = [
    ["status"], ["status", "acme"], ["sessions", "acme"],
    ["session", "session_000000000002"], ["replay", "acme"],
  ]

  @Test("gives the same by the entry's number and by its time, on every verb", arguments: verbs)
  func same(verb: [String]) throws {
    for (seq, time) in [
      ("3", "2025-10-01T12:00:02Z"), ("3", "2025-10-01T12:00:02.999999Z"),
      ("4", "2025-10-01T14:00:03+02:00"), ("5", "now"), ("5", "-0s"),
    ] {
      let bySeq = try world.run(verb + ["--at", seq])
      #expect(bySeq.status == .done)
      #expect(bySeq.errors == "")
      #expect(try world.run(verb + ["--at", time]) == bySeq, "\(seq) \(time)")
      #expect(try world.run(verb + ["--at=\(seq)", "--json"]).status == .done)
    }
    #expect(try world.run(verb + ["--at", "5"]) == world.run(verb))
    #expect(try world.run(verb + ["--at", "3"]) != world.run(verb))
  }

  @Test("status shows the fields and the session of then")
  func status() throws {
    let then = try JSON(parsing: try world.done("status", "acme", "--json", "--at", "3"))
      .array?.first
    #expect(then?["fields"] == ["a": 1])
    #expect(then?["current_session"]?.string == session)
    #expect(then?["seq"] == 3)
    #expect(then?["head"] == "<acme 3>")
    #expect(then?["updated_at"] == "2025-10-01T12:00:02.000000Z")
  }

  @Test("session shows the transitions up to then")
  func transitions() throws {
    let then = try JSON(parsing: try world.done("session", session, "--json", "--at", "4"))
    #expect(then["status"] == "in_progress")
    #expect(then["transitions"]?.array?.compactMap { $0["seq"] } == [3])
  }

  private static let early = "2025-10-01T11:00:00Z"

  @Test("What did not exist then is not found")
  func before() throws {
    for verb in Self.verbs where verb != ["status"] {
      for at in ["0", "1", Self.early] {
        let outcome = try world.run(verb + ["--at", at])
        #expect(
          outcome
            == .init(
              .notFound,
              errors: """
                error: the profile acme did not exist then
                hint: `daybook history acme` lists what was recorded

                """), "\(verb) \(at)")
      }
    }
    #expect(
      try world.run("session", session, "--at", "2")
        == .init(
          .notFound,
          errors: """
            error: the session session_000000000002 had not been started then
            hint: `daybook sessions acme` lists them

            """))
  }

  @Test("Asked for all profiles, those that did not exist then are not missing")
  func allBefore() throws {
    try world.done("profile", "create", "beta")
    let outcome = try world.run("status", "--ndjson", "--at", "2025-10-01T12:00:03Z")
    #expect(outcome.status == .done)
    #expect(outcome.output.split(separator: "\n").count == 1)
    #expect(try world.run("status", "--json", "--at", Self.early) == .init(.done, "[]\n"))
  }

  @Test("A seq beyond the head is not found, and the head is named")
  func beyond() throws {
    for verb in Self.verbs where verb != ["status"] {
      #expect(
        try world.run(verb + ["--at", "6"])
          == .init(
            .notFound,
            errors: """
              error: there is no entry 6 in acme; its head is 5 (ROOT/acme)
              hint: choose a seq from 1 to 5

              """), "\(verb)")
    }
  }
}
