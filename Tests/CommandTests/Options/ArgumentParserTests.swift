import Testing

@testable import Command

@Suite("Arguments that are in order")
struct ArgumentParserTests {
  @Test("A verb takes its operands and options")
  func verb() throws {
    let (spec, arguments) = try #require(
      try ExampleVerbs.run("start", "p", "--track", "a", "--track=b", "--id", "k"))
    #expect(spec.name == "start")
    #expect(arguments.operands == ["p"])
    #expect(arguments.values("track") == ["a", "b"])
    #expect(arguments.value("id") == "k")
    #expect(arguments.value("by") == nil)
    #expect(arguments.values("by").isEmpty)
  }

  @Test("A verb may have two words, with options between them")
  func twoWords() throws {
    let (spec, arguments) = try #require(
      try ExampleVerbs.run("profile", "--json", "create", "p", "a=1", "b=2"))
    #expect(spec.name == "profile create")
    #expect(arguments.operands == ["p", "a=1", "b=2"])
    #expect(arguments.flag("json"))
  }

  @Test(
    "Options stand before the verb, after it and among operands",
    arguments: [
      ["--track", "a", "--json", "start", "p"],
      ["start", "--track", "a", "--json", "p"],
      ["start", "p", "--json", "--track=a"],
      ["--json", "start", "p", "--track=a"],
    ])
  func anywhere(line: [String]) throws {
    let invocation = try ArgumentParser.parse(line, specs: ExampleVerbs.all)
    let expected = ParsedArguments(operands: ["p"], flags: ["json"], values: ["track": ["a"]])
    #expect(invocation == .run(ExampleVerbs.start, expected))
  }

  @Test("What follows an option is its value, whatever it begins with")
  func dashedValues() throws {
    #expect(try ExampleVerbs.run("status", "--at", "-2h")?.1.value("at") == "-2h")
    #expect(try ExampleVerbs.run("status", "--at=-2h")?.1.value("at") == "-2h")
    #expect(try ExampleVerbs.run("status", "--at", "--json")?.1.value("at") == "--json")
    #expect(try ExampleVerbs.run("status", "--at", "--")?.1.value("at") == "--")
  }

  @Test("A value may be empty, and may hold further equals signs")
  func oddValues() throws {
    #expect(try ExampleVerbs.run("status", "--at=")?.1.value("at") == "")
    #expect(try ExampleVerbs.run("status", "--at", "")?.1.value("at") == "")
    #expect(try ExampleVerbs.run("start", "p", "--track=a=b")?.1.values("track") == ["a=b"])
  }

  @Test("A combining mark after the equals sign belongs to the value")
  func combiningValue() throws {
    let value = try ExampleVerbs.run("status", "--at=\u{338}x")?.1.value("at")
    #expect(value.map { Array($0.unicodeScalars) } == ["\u{338}", "x"])
  }

  @Test("Two dashes end the options")
  func endOfOptions() throws {
    let (_, arguments) = try #require(
      try ExampleVerbs.run("status", "--json", "--", "--at", "-2h", "--"))
    #expect(arguments.operands == ["--at", "-2h", "--"])
    #expect(arguments.flag("json"))
    #expect(arguments.value("at") == nil)
  }

  @Test("A dash alone and an empty word are operands")
  func plainWords() throws {
    #expect(try ExampleVerbs.run("status", "-", "")?.1.operands == ["-", ""])
  }

  @Test("Short options: flags together, a value attached or apart")
  func shortOptions() throws {
    #expect(try ExampleVerbs.run("status", "-q")?.1.flag("quiet") == true)
    for line in [["-o", "f"], ["-of"], ["-o=f"], ["-qo", "f"], ["--output", "f"]] {
      let invocation = try ArgumentParser.parse(["report"] + line, specs: ExampleVerbs.all)
      guard case .run(_, let arguments) = invocation else { continue }
      #expect(arguments.value("output") == "f", "\(line)")
    }
    #expect(try ExampleVerbs.run("-o", "f", "report")?.1.value("output") == "f")
  }

  @Test("A flag may be repeated")
  func repeatedFlag() throws {
    #expect(try ExampleVerbs.run("status", "--json", "--json")?.1.flag("json") == true)
  }

  @Test("Options of every command hold for each, and --ndjson for those that list")
  func globals() throws {
    let (_, arguments) = try #require(
      try ExampleVerbs.run(
        "status", "--journals", "D", "--by", "me", "--ndjson", "--color=never",
        "--single-writer"))
    #expect(arguments.value("journals") == "D")
    #expect(arguments.value("by") == "me")
    #expect(arguments.value("color") == "never")
    #expect(arguments.flag("ndjson"))
    #expect(arguments.flag("single-writer"))
    #expect(ExampleVerbs.refusal("start", "p", "--ndjson")?.hint == "Did you mean '--json'?")
  }

  @Test(
    "Help is given on request, whatever else is missing",
    arguments: [
      (["help"], nil), (["--help"], nil), (["-h"], nil), ([], nil), (["profile", "-h"], nil),
      (["help", "start"], ExampleVerbs.start), (["start", "--help"], ExampleVerbs.start),
      (["--help", "start"], ExampleVerbs.start), (["diff", "-h"], ExampleVerbs.diff),
      (["help", "profile", "create"], ExampleVerbs.create), (["help", "help"], nil),
    ] as [([String], CommandSpec?)])
  func help(line: [String], spec: CommandSpec?) throws {
    #expect(try ArgumentParser.parse(line, specs: ExampleVerbs.all) == .help(spec))
  }

  @Test("The version is asked for in place of a verb")
  func version() throws {
    #expect(try ArgumentParser.parse(["--version"], specs: ExampleVerbs.all) == .version)
    #expect(ExampleVerbs.refusal("start", "p", "--version") != nil)
  }

  @Test("JSON is asked for before the options end")
  func asksForJSON() {
    #expect(ArgumentParser.asksForJSON(["start", "--bogus", "--json"]))
    #expect(ArgumentParser.asksForJSON(["--ndjson"]))
    #expect(!ArgumentParser.asksForJSON(["start", "--", "--json"]))
  }

  @Test("An operand is found by its place")
  func operandByPlace() {
    let arguments = ParsedArguments(operands: ["a"])
    #expect(arguments.operand(0) == "a")
    #expect(arguments.operand(1) == nil)
  }
}
