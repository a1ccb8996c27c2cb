import Testing

@testable import Command

@Suite("Files and roots that cannot be read")
struct BadFilesTests {
  let world = World()
  private let session = "session_000000000001"

  init() throws {
    try world.done("start", "acme")
  }

  /// Outcomes with the path of the file as FILE.
  private func run(_ text: String?, _ words: String...) throws -> World.Outcome {
    let path = try text.map { try world.file("input", $0) } ?? world.base + "/missing"
    let before = try world.tree()
    var outcome = try world.run(words + ["--from", path])
    #expect(try world.tree() == before)
    outcome.errors = outcome.errors.replacing(path, with: "FILE")
    return outcome
  }

  @Test(
    "Fields must be one JSON object",
    arguments: [
      ("", "FILE: not JSON at byte 0: the text ends too early"),
      ("{\"a\":1", "FILE: not JSON at byte 6: the text ends too early"),
      ("{\"a\":1}{}", "FILE: not JSON at byte 7: something follows the value"),
      ("{\"a\":1,\"a\":2}", "FILE: not JSON at byte 7: the name \"a\" occurs twice in one object"),
      ("[]", "FILE does not hold a JSON object"), ("3", "FILE does not hold a JSON object"),
    ])
  func fields(text: String, message: String) throws {
    #expect(
      try run(text, "profile", "create", "beta")
        == .init(.usage, errors: "error: \(message)\nhint: one JSON object is expected\n"))
  }

  @Test(
    "Opportunities must be JSON objects, one a line",
    arguments: [
      ("{\"a\":1}\n[]\n", "line 2 of FILE is not a JSON object"),
      ("\n\nnull", "line 3 of FILE is not a JSON object"),
      ("{}\n{\n}\n", "line 2 of FILE: not JSON at byte 1: the text ends too early"),
      ("{} {}", "line 1 of FILE: not JSON at byte 3: something follows the value"),
    ])
  func opportunities(text: String, message: String) throws {
    #expect(
      try run(text, "found", session, "--track", "t")
        == .init(
          .usage, errors: "error: \(message)\nhint: one JSON object a line is expected\n"))
  }

  @Test("A file that is not there is not found")
  func missing() throws {
    let errors = """
      error: cannot open FILE: No such file or directory
      hint: check the path; - is standard input

      """
    #expect(try run(nil, "profile", "create", "beta") == .init(.notFound, errors: errors))
    #expect(
      try run(nil, "found", session, "--track", "t") == .init(.notFound, errors: errors))
  }

  @Test("A folder is not a file")
  func folder() throws {
    let outcome = try world.run("profile", "create", "beta", "--from", world.root)
    #expect(
      outcome
        == .init(
          .failed,
          errors: "error: cannot read ROOT: Is a directory\nhint: name a file, not a folder\n"))
  }

  @Test("What does not fit into a line is refused, and how much would is said")
  func tooLong() throws {
    let outcome = try run(
      "{\"a\":\"" + String(repeating: "x", count: 1 << 20) + "\"}", "profile", "create", "beta")
    #expect(outcome.status == .usage)
    #expect(outcome.errors.hasPrefix("error: the profile.created event makes a line of 1048"))
    #expect(outcome.errors.contains(" bytes; 1048576 are allowed\n"))
  }

  @Test(
    "A root that is not there is not found, and reading does not make it",
    arguments: [["status"], ["head"], ["verify"], ["status", "--json"]])
  func noRoot(words: [String]) throws {
    let nowhere = World()
    let outcome = try nowhere.run(words)
    #expect(outcome.status == .notFound)
    let message = "there is no folder of journals at ROOT"
    let hint = "name it with --journals DIR, or start a session to make it"
    #expect(
      outcome.errors
        == (words.contains("--json")
          ? #"{"error":{"code":"not_found","message":"\#(message)","hint":"\#(hint)"}}"# + "\n"
          : "error: \(message)\nhint: \(hint)\n"))
    #expect(outcome.output == "")
    #expect(try nowhere.run("status", "acme").status == .notFound)
    #expect(try nowhere.run("complete", session).status == .notFound)
    #expect(try nowhere.run("profile", "archive", "acme").status == .notFound)
    #expect(try nowhere.tree().isEmpty)
  }

  @Test("A root without a name is refused")
  func emptyRoot() throws {
    #expect(
      try world.call(["status", "--journals", ""])
        == .init(
          .usage, errors: "error: the root of the journals has no name\nhint: --journals DIR\n"))
  }

  @Test("A root whose parent is not there is not found, and one that is a file fails")
  func impossibleRoot() throws {
    func start(_ root: String) throws -> World.Outcome {
      var outcome = try world.call(["start", "a", "--journals", root, "--by", "t"])
      outcome.errors = outcome.errors.replacing(world.base, with: "BASE")
      return outcome
    }
    let deep = try start(world.base + "/x/y")
    #expect(deep.status == .notFound)
    #expect(deep.errors.hasPrefix("error: cannot make the folder: No such file or directory"))
    #expect(deep.errors.contains("BASE/x/y"))
    let file = try start(try world.file("plain", ""))
    #expect(file.status == .failed)
    #expect(file.output == "")
    #expect(file.errors.contains("BASE/plain"))
  }
}
