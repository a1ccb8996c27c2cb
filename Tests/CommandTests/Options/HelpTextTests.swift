import Testing

@testable import Command

@Suite("Help")
struct HelpTextTests {
  @Test("Help on a verb shows all there is to know")
  func command() {
    #expect(
      HelpText.command(ExampleVerbs.start) == """
        usage: daybook start PROFILE [--track T …] [--id KEY]

        Start a session

        Options
          --track T  A track to look for (may be repeated)
          --id KEY   A key that makes a repetition harmless

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

        Notes
          A running session is failed as abandoned.

        Examples
          S=$(daybook start p)

        """)
  }

  @Test("The overview shows the verbs by group, and strays as others")
  func overview() {
    let text = HelpText.overview(
      ExampleVerbs.all,
      groups: [
        CommandGroup(title: "Recording", verbs: ["profile create", "profile archive", "start"]),
        CommandGroup(title: "Reading", verbs: ["status", "history", "diff", "report"]),
        CommandGroup(title: "Keeping", verbs: ["verify"]),
      ], introduction: "Keeps journals.")
    #expect(
      text.hasPrefix(
        """
        usage: daybook COMMAND [OPERAND …] [OPTION …]

        Keeps journals.

        Recording
          profile create   Create a profile
          profile archive  Put a profile away
          start            Start a session

        Reading
          status           Show profiles
          history          Show the entries
          diff             What changed between two points
          report           Write a page

        Other
          completions      Completions for a shell

        Options

        """))
    #expect(text.contains("  --version "))
    #expect(text.hasSuffix("\n'daybook help COMMAND' explains a command.\n"))
  }

  @Test("No line is wider than asked, or ends in a blank", arguments: [40, 57, 80, 100, 300])
  func width(width: Int) {
    var spec = ExampleVerbs.start
    spec.summary = String(repeating: "many words ", count: 30)
    spec.notes = "One\ntwo.\n\nThree " + String(repeating: "more and more ", count: 20)
    spec.options += ["alpha", "beta", "gamma"].map {
      OptionSpec(name: $0, value: "VALUE", repeats: true, help: "For the usage line")
    }
    for text in [
      HelpText.command(spec, width: width),
      HelpText.overview([spec], groups: [], width: width),
    ] {
      for line in text.split(separator: "\n") {
        #expect(String(line).displayWidth <= min(width, 100), "\(line)")
        #expect(line.last != " ", "\(line)")
      }
    }
  }

  @Test("The usage line shows how often each operand may stand")
  func usageLine() {
    let spec = CommandSpec(
      name: "v", summary: "",
      operands: [
        Operand(name: "A"), Operand(name: "B", kind: .optional), Operand(name: "C", kind: .many),
        Operand(name: "D", kind: .manyOptional),
      ],
      options: [
        OptionSpec(name: "error", value: "TEXT", repeats: true, required: true, help: "")
      ])
    #expect(spec.usageLine == "daybook v A [B] C … [D …] --error TEXT …")
  }

  @Test("Headings are bold where there is colour")
  func bold() {
    #expect(HelpText.command(ExampleVerbs.start, style: .colored).contains("\u{1B}[1mOptions"))
    #expect(!HelpText.command(ExampleVerbs.start, style: .plain).contains("\u{1B}"))
  }

  @Test("Paragraphs are filled, and lines that begin with a blank are left")
  func paragraphs() {
    let lines = TextWrapping.paragraphs("a b\nc\n  as  it is\n\nd", width: 20)
    #expect(lines == ["a b c", "  as  it is", "", "d"])
  }
}
