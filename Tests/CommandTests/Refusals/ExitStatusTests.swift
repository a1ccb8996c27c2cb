import Glibc
import JournalEngine
import Testing

@testable import Command

@Suite("Exit statuses, and errors for programs")
struct ExitStatusTests {
  let world = World()

  init() throws {
    try world.done("start", "acme")
  }

  /// An error as `--json` tells it.
  private func error(_ code: String, _ message: String, _ hint: String?) -> String {
    let hint = hint.map { JSON.string($0).text } ?? "null"
    return #"{"error":{"code":"\#(code)","message":\#(JSON.string(message).text),"hint":\#(hint)}}"#
      + "\n"
  }

  @Test("0: done")
  func done() throws {
    #expect(try world.run("status").status.rawValue == 0)
  }

  @Test("1: failed, as on a full disk")
  func failed() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    var errors = ""
    let status = withoutActuallyEscaping({ errors += $0 }) { write in
      Program(output: StandardOutput(descriptor: full), writeError: write)
        .run(["version", "--json"])
    }
    #expect(status.rawValue == 1)
    #expect(
      errors
        == error("io", "cannot write to the output: No space left on device (errno 28)", nil))
  }

  @Test("2: usage")
  func usage() throws {
    let outcome = try world.run("start", "acme", "--ndjson")
    #expect(outcome.status.rawValue == 2)
    #expect(
      try world.run("sessions", "acme", "--json", "--limit", "x")
        == .init(
          .usage,
          errors: error("usage", "--limit x is not a whole number", "0 or more is expected")))
    #expect(
      try world.run("profile", "create", "a/b", "--json")
        == .init(
          .usage,
          errors: error(
            "invalid_name", "“a/b” is not a journal name: it holds a slash",
            "use 1 to 128 of A-Z a-z 0-9 . _ - and begin with a letter, a digit or _")))
    #expect(
      try world.run("found", "session_000000000001", "--track", "t", "--json")
        == .init(
          .usage,
          errors: error(
            "invalid", "neither a count nor opportunities are given", "give one of them")))
  }

  @Test("3: not found")
  func notFound() throws {
    #expect(
      try world.run("complete", "session_none", "--json")
        == .init(
          .notFound,
          errors: error(
            "not_found", "there is no session session_none",
            "`daybook sessions PROFILE` lists a profile's")))
    #expect(try world.run("status", "ghost").status.rawValue == 3)
  }

  @Test("4: conflict")
  func conflict() throws {
    try world.done("complete", "session_000000000001")
    let outcome = try world.run("complete", "session_000000000001", "--json")
    #expect(outcome.status.rawValue == 4)
    #expect(outcome.output == "")
    #expect(
      outcome.errors
        == error(
          "conflict", "session_000000000001 is completed and cannot be completed",
          "a session ends once; start a new one"))
  }

  @Test("5: damage")
  func damage() throws {
    for _ in 0..<3 { try world.done("start", "acme") }
    try world.flipByte(inLine: 2)
    #expect(try world.run("verify").status.rawValue == 5)
  }

  @Test("An error that comes before the options were read is told as they ask all the same")
  func early() throws {
    let outcome = try world.run("strat", "--json")
    #expect(outcome.errors == error("usage", "unknown command 'strat'", "Did you mean 'start'?"))
    // After `--` it is no option.
    #expect(try world.run("strat", "--", "--json").errors.hasPrefix("error: unknown command"))
  }

  @Test("Errors are plain or coloured as asked, and what could drive a terminal is escaped")
  func style() throws {
    let colored = try world.run("status", "gho\u{1B}st", "--color", "always")
    #expect(colored.errors.hasPrefix("\u{1B}[31merror:\u{1B}[0m “gho\\u{1b}st” is not a journal"))
    let plain = try world.run("status", "ghost", "--color", "never", "--quiet")
    #expect(plain.errors.hasPrefix("error: there is no journal ghost"))
  }

  @Test("A reader who has gone ends the program without a word")
  func closedPipe() throws {
    Signals.ignoreClosedPipes()
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    var errors = ""
    let status = withoutActuallyEscaping({ errors += $0 }) { write in
      Program(output: StandardOutput(descriptor: ends[1]), writeError: write)
        .run(["history", "acme", "--raw", "--journals", world.root])
    }
    #expect(status == .done)
    #expect(errors == "")
  }
}
