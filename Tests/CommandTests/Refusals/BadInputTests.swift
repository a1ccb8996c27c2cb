import Foundation
import Testing

@testable import Command

@Suite("Input that cannot be followed")
struct BadInputTests {
  let world = World()

  /// acme has a session that has ended and one that runs.
  init() throws {
    try world.done("start", "acme")
    try world.done("complete", "session_000000000001")
    try world.done("start", "acme", "--id", "used")
    // The first look-up of a session that is nowhere leaves notes; from then on there are none.
    _ = try world.run("session", "session_none")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    let status: Command.ExitStatus
    let message: String
    var hint: String?
    var testDescription: String { words.joined(separator: " ").escapedForTerminal }

    init(_ words: [String], _ status: Command.ExitStatus, _ message: String, _ hint: String? = nil)
    {
      self.words = words
      self.status = status
      self.message = message
      self.hint = hint
    }
  }

  static let naming = "use 1 to 128 of A-Z a-z 0-9 . _ - and begin with a letter, a digit or _"
  static let running = "session_000000000004"
  static let ended = "session_000000000001"

  private static let badNames: [(String, String)] = [
    ("../x", "“../x” is not a journal name: it holds a slash"),
    (".", "“.” is not a journal name: it begins with a dot"),
    ("..", "“..” is not a journal name: it begins with a dot"),
    ("", "“” is not a journal name: it is empty"),
    ("a/b", "“a/b” is not a journal name: it holds a slash"),
    ("/etc", "“/etc” is not a journal name: it holds a slash"),
    ("a\u{0}b", "“a\\u{0}b” is not a journal name: it holds a NUL"),
    ("a b", "“a b” is not a journal name: it holds U+20"),
    ("é", "“\\u{e9}” is not a journal name: it holds U+E9"),
    (
      String(repeating: "n", count: 129),
      "“\(String(repeating: "n", count: 40))…” is not a journal name: it has 129 bytes"
    ),
  ]

  /// Each of them where a profile is named, by every verb.
  static let names: [Case] = badNames.flatMap { name, message -> [Case] in
    let calls: [[String]] = [
      ["profile", "create", name], ["profile", "set", name, "a=1"], ["start", name],
      ["status", name], ["sessions", name], ["history", name], ["replay", name],
      ["verify", name], ["head", name], ["complete", running, "--profile", name],
    ]
    return calls.map { Case($0, .usage, message, naming) }
  }

  static let values: [Case] = [
    Case(
      ["found", running, "--track", "t", "--count", "-1"], .usage,
      "--count -1 is not a whole number", "0 or more is expected"),
    Case(
      ["found", running, "--track", "t", "--count", "1.5"], .usage,
      "--count 1.5 is not a whole number", "0 or more is expected"),
    Case(
      ["found", running, "--track", "t", "--count", "9223372036854775808"], .usage,
      "--count 9223372036854775808 is not a whole number", "0 or more is expected"),
    Case(
      ["found", running, "--track", "t"], .usage,
      "neither a count nor opportunities are given", "give one of them"),
    Case(
      ["found", running, "--track", "", "--count", "1"], .usage, "the track has no name",
      "name it: government"),
    Case(
      ["found", running, "--count", "1"], .usage, "'found' lacks '--track'",
      "call it as `daybook found SESSION --track TRACK [--count N] [--from FILE] "
        + "[--profile PROFILE] [--id KEY]`"),
    Case(
      ["complete", running, "--found", "t"], .usage, "“t” is not TRACK=N",
      "name=value is expected"),
    Case(
      ["complete", running, "--found", "t=-1"], .usage, "“-1” of the track t is not a count",
      "a whole number is expected, zero or more"),
    Case(
      ["complete", running, "--found", "t=1", "--found", "t=2"], .usage,
      "the track t is counted twice", "give its sum once"),
    Case(
      ["complete", running, "--total", "many"], .usage, "--total many is not a whole number",
      "0 or more is expected"),
    Case(
      ["start", "acme", "--id", ""], .usage, "the idempotency key is empty",
      "leave --id out to record without one"),
    Case(
      ["start", "acme", "--param", "max"], .usage, "“max” is not FIELD=VALUE",
      "name=value is expected"),
    Case(
      ["profile", "set", "acme", "name"], .usage, "“name” is not FIELD=VALUE",
      "name=value is expected"),
    Case(
      ["profile", "set", "acme", "=x"], .usage, "“=x” is not FIELD=VALUE",
      "name=value is expected"),
    Case(
      ["profile", "set", "acme", "a=1", "a=2"], .usage, "the field a is given twice",
      "give it once"),
    Case(
      ["profile", "set", "acme"], .usage, "nothing is to be changed", "name a field and a value"),
    Case(
      ["profile", "set", "acme", "a=1", "--unset", "a"], .usage,
      "the field a is to be set and unset at once", "choose one"),
    Case(
      ["profile", "set", "acme", "a=1", "--confidence", "1.1"], .usage,
      "the confidence 1.1 is not from 0 to 1", "0.8 is an example"),
    Case(
      ["profile", "set", "acme", "a=1", "--confidence", "NaN"], .usage,
      "--confidence NaN is not a number", "0 to 1"),
    Case(
      ["status", "--at", "soon"], .usage, "“soon” is not a time",
      "use 2025-10-01T12:00:00Z, 2025-10-01, now, yesterday, -2h, -7d, or a seq"),
    Case(
      ["history", "acme", "--since", "2025-13-01"], .usage, "“2025-13-01” is not a time",
      "use 2025-10-01T12:00:00Z, 2025-10-01, now, yesterday, -2h, -7d, or a seq"),
    Case(
      ["history", "acme", "--limit", "-1"], .usage, "--limit -1 is not a whole number",
      "0 or more is expected"),
    Case(
      ["sessions", "acme", "--status", "done"], .usage,
      "'--status' takes in_progress, completed or failed, not 'done'"),
    Case(
      ["start"], .usage, "'start' lacks PROFILE",
      "call it as `daybook start PROFILE [--track TRACK …] [--param NAME=VALUE …] [--id KEY]`"),
    Case(["strat", "acme"], .usage, "unknown command 'strat'", "Did you mean 'start'?"),
    Case(
      ["start", "acme", "--trakc", "t"], .usage, "'start' has no option '--trakc'",
      "Did you mean '--track'?"),
  ]

  static let states: [Case] = [
    Case(
      ["complete", ended], .conflict, "\(ended) is completed and cannot be completed",
      "a session ends once; start a new one"),
    Case(
      ["fail", ended, "--error", "e"], .conflict, "\(ended) is completed and cannot fail",
      "a session ends once; start a new one"),
    Case(
      ["found", ended, "--track", "t", "--count", "1"], .conflict,
      "\(ended) is completed and cannot find anything more",
      "a session ends once; start a new one"),
    Case(
      ["complete", "session_none"], .notFound, "there is no session session_none",
      "`daybook sessions PROFILE` lists a profile's"),
    Case(
      ["complete", "session_none", "--profile", "acme"], .notFound,
      "there is no session session_none", "`daybook sessions PROFILE` lists a profile's"),
    Case(
      ["session", "session_none", "--profile", "acme"], .notFound,
      "there is no session session_none in acme", "`daybook sessions acme` lists them"),
    Case(
      ["profile", "archive", "acme"], .conflict,
      "\(running) is in progress, so the profile cannot be archived",
      "complete or fail that session first"),
    Case(
      ["profile", "restore", "acme"], .conflict, "the profile is active",
      "there is nothing to restore"),
    Case(
      ["profile", "set", "acme", "--unset", "no"], .notFound, "the profile has no field no",
      "`daybook status` lists its fields"),
    Case(
      ["profile", "set", "ghost", "a=1"], .notFound, "there is no such profile",
      "`daybook status` lists the profiles"),
    Case(
      ["complete", running, "--id", "used"], .conflict,
      "the key used stands on entry 4, a session.started of \(running)",
      "use a new key for a new call"),
    Case(
      ["status", "ghost"], .notFound, "there is no journal ghost (ROOT/ghost)",
      "check the name and the root"),
    Case(
      ["history", "ghost"], .notFound, "there is no journal ghost (ROOT/ghost)",
      "check the name and the root"),
    Case(
      ["head", "ghost"], .notFound, "there is no journal ghost (ROOT/ghost)",
      "check the name and the root"),
  ]

  @Test(
    "is refused with a reason and its exit status, and not one byte is written",
    arguments: names + values + states)
  func refused(_ bad: Case) throws {
    let before = try world.tree()
    let hint = bad.hint.map { "hint: \($0)\n" } ?? ""
    let outcome = try world.run(bad.words)
    #expect(outcome == .init(bad.status, errors: "error: \(bad.message)\n" + hint))
    #expect(try world.tree() == before)
  }

  @Test("Nobody is no one to record for")
  func nobody() throws {
    let before = try world.tree()
    let outcome = try world.call(["start", "acme", "--journals", world.root, "--by="])
    #expect(
      outcome
        == .init(
          .usage, errors: "error: --by names nobody\nhint: leave it out for the login name\n"))
    #expect(try world.tree() == before)
  }
}
