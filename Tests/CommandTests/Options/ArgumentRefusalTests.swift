import Testing

@testable import Command

@Suite("Arguments that are refused")
struct ArgumentRefusalTests {
  @Test("An unknown verb suggests the nearest")
  func unknownVerb() {
    #expect(
      ExampleVerbs.refusal("strat", "p")
        == UsageError(message: "unknown command 'strat'", hint: "Did you mean 'start'?"))
    #expect(ExampleVerbs.refusal("hist")?.hint == "Did you mean 'history'?")
    #expect(ExampleVerbs.refusal("sta")?.hint == "Did you mean 'start' or 'status'?")
    #expect(ExampleVerbs.refusal("STATUS")?.hint == "Did you mean 'status'?")
    #expect(ExampleVerbs.refusal("hepl")?.hint == "Did you mean 'help'?")
    #expect(ExampleVerbs.refusal("xyzzy")?.hint == "'daybook help' lists the commands")
  }

  @Test("The second word of a verb alone suggests the whole")
  func secondWordAlone() {
    #expect(ExampleVerbs.refusal("create", "p")?.hint == "Did you mean 'profile create'?")
  }

  @Test("An unknown second word suggests the nearest")
  func unknownSecondWord() {
    #expect(
      ExampleVerbs.refusal("profile", "craete", "p")
        == UsageError(
          message: "'profile' knows no 'craete', only create or archive",
          hint: "Did you mean 'profile create'?"))
    #expect(
      ExampleVerbs.refusal("profile")?.message
        == "'profile' lacks its second word: create or archive")
  }

  @Test("An unknown option suggests the nearest of that verb")
  func unknownOption() {
    #expect(
      ExampleVerbs.refusal("start", "p", "--trak", "a")
        == UsageError(message: "'start' has no option '--trak'", hint: "Did you mean '--track'?"))
    #expect(ExampleVerbs.refusal("--jornals", "d")?.hint == "Did you mean '--journals'?")
    #expect(ExampleVerbs.refusal("status", "-json")?.hint == "Did you mean '--json'?")
    #expect(ExampleVerbs.refusal("status", "--raw")?.usage == ExampleVerbs.status.usageLine)
  }

  @Test("An option of another verb is refused, before the verb as after it")
  func foreignOption() {
    #expect(ExampleVerbs.refusal("--raw", "start", "p")?.message == "'start' has no option '--raw'")
    #expect(ExampleVerbs.refusal("start", "p", "--raw")?.message == "'start' has no option '--raw'")
  }

  @Test("An option that verbs declare differently has to follow its verb")
  func ambiguousOption() throws {
    let specs = ExampleVerbs.all + [ExampleVerbs.odd]
    #expect(throws: UsageError.self) {
      try ArgumentParser.parse(["--limit", "3", "history", "p"], specs: specs)
    }
    let invocation = try ArgumentParser.parse(["odd", "--limit"], specs: specs)
    #expect(invocation == .run(ExampleVerbs.odd, ParsedArguments(flags: ["limit"])))
  }

  @Test("A value is given once, unless the option repeats")
  func repeatedValue() {
    #expect(
      ExampleVerbs.refusal("start", "p", "--id", "a", "--id=b")?.message
        == "'--id' is given more than once")
    #expect(ExampleVerbs.refusal("--by", "a", "status", "--by", "a") != nil)
  }

  @Test("A flag takes no value")
  func flagWithValue() {
    #expect(ExampleVerbs.refusal("status", "--json=yes")?.message == "'--json' takes no value")
    #expect(ExampleVerbs.refusal("status", "--json=")?.message == "'--json' takes no value")
    #expect(ExampleVerbs.refusal("status", "-q=1")?.message == "'-q' takes no value")
    #expect(ExampleVerbs.refusal("--help=no")?.message == "'--help' takes no value")
  }

  @Test("An option without its value is refused")
  func missingValue() {
    #expect(ExampleVerbs.refusal("status", "--at")?.message == "'--at' lacks its value W")
    #expect(ExampleVerbs.refusal("report", "-o")?.message == "'--output' lacks its value FILE")
  }

  @Test("A value that is not among the choices is refused")
  func choices() {
    #expect(
      ExampleVerbs.refusal("status", "--color", "allways")
        == UsageError(
          message: "'--color' takes auto, always or never, not 'allways'",
          hint: "Did you mean 'always'?"))
  }

  @Test("An operand that looks like a negative number has to follow two dashes")
  func dashedOperand() {
    #expect(
      ExampleVerbs.refusal("status", "-2h")?.hint
        == "Write '--' before an operand that begins with '-'")
    #expect(ExampleVerbs.refusal("status", "--", "-2h") == nil)
  }

  @Test("Too few operands show the usage")
  func tooFew() {
    #expect(
      ExampleVerbs.refusal("start")
        == UsageError(
          message: "'start' lacks PROFILE",
          usage: "daybook start PROFILE [--track T …] [--id KEY]"))
  }

  @Test("Too many operands show the usage")
  func tooMany() {
    let error = ExampleVerbs.refusal("start", "p", "q\u{1B}")
    #expect(error?.message == "'start' cannot take 'q\\u{1B}'")
    #expect(error?.usage == ExampleVerbs.start.usageLine)
  }

  @Test("A required option is missed")
  func requiredOption() {
    let error = ExampleVerbs.refusal("diff", "p", "--from", "1")
    #expect(error?.message == "'diff' lacks '--to'")
    #expect(error?.usage == "daybook diff PROFILE --from W --to W")
  }

  @Test("Options without a verb are refused")
  func noVerb() {
    #expect(ExampleVerbs.refusal("--json")?.message == "no command given")
  }

  @Test("Help explains one command")
  func helpOnTwo() {
    #expect(ExampleVerbs.refusal("help", "start", "status") != nil)
    #expect(ExampleVerbs.refusal("help", "strat")?.hint == "Did you mean 'start'?")
  }

  @Test("An error is shown with its usage and hint on lines of their own")
  func description() {
    let error = UsageError(message: "m", hint: "h", usage: "u")
    #expect(error.description == "m\nusage: u\nhint: h")
    #expect(UsageError(message: "m").description == "m")
  }

  @Test("Arguments that are not UTF-8 are refused, not repaired")
  func notUTF8() throws {
    #expect(try ProcessArguments.decode([Array("é".utf8), []]) == ["é", ""])
    let error = #expect(throws: UsageError.self) {
      try ProcessArguments.decode([Array("start".utf8), [0x70, 0xFF, 0x0A]])
    }
    #expect(error?.message == "argument 2 is not valid UTF-8: 'p\\xFF\\x0A'")
    #expect(!(try ProcessArguments.current().contains("")))
  }
}
