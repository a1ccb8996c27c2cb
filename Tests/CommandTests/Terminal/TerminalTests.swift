import Testing

@testable import Command

@Suite("The terminal")
struct TerminalTests {
  private func detect(
    _ color: Terminal.ColorChoice = .auto, terminals: Set<Int32> = [1, 2],
    columns: [Int32: Int] = [:], variables: [String: String] = ["TERM": "xterm"]
  ) -> Terminal {
    Terminal.detect(
      color: color,
      system: TerminalSystem(
        isTerminal: { terminals.contains($0) }, columns: { columns[$0] },
        variable: { variables[$0] }))
  }

  @Test("Colour follows each stream on its own")
  func eachStream() {
    let terminal = detect(terminals: [2])
    #expect(!terminal.outputIsTerminal)
    #expect(terminal.errorIsTerminal)
    #expect(terminal.style == .plain)
    #expect(terminal.errorStyle == .colored)
  }

  @Test(
    "NO_COLOR and a dumb terminal switch colour off",
    arguments: [
      (["TERM": "xterm"], true), (["TERM": "xterm", "NO_COLOR": "1"], false),
      (["TERM": "xterm", "NO_COLOR": ""], true), (["TERM": "dumb"], false), ([:], false),
    ] as [([String: String], Bool)])
  func auto(variables: [String: String], expected: Bool) {
    #expect(detect(variables: variables).style.enabled == expected)
  }

  @Test("What is asked for outweighs what is found")
  func explicit() {
    #expect(detect(.always, terminals: [], variables: ["NO_COLOR": "1"]).style.enabled)
    #expect(!detect(.never).style.enabled)
    #expect(!detect(.never).errorStyle.enabled)
  }

  @Test("The width is the driver's, else that of COLUMNS, else 80")
  func width() {
    #expect(detect(columns: [1: 120, 2: 90]).width == 120)
    #expect(detect(terminals: [2], columns: [2: 90]).width == 90)
    #expect(detect(columns: [1: 0], variables: ["COLUMNS": "66"]).width == 66)
    #expect(detect(variables: ["COLUMNS": "66"]).width == 66)
    for text in ["", "wide", "-3", "0"] {
      #expect(detect(variables: ["COLUMNS": text]).width == 80)
    }
  }

  @Test("Results are fitted to a terminal only")
  func outputWidth() {
    #expect(detect(columns: [1: 120]).outputWidth == 120)
    #expect(detect(terminals: [2], columns: [2: 90]).outputWidth == nil)
  }

  @Test("The values of --color are the choices there are")
  func choices() {
    for choice in GlobalOptions.color.choices {
      #expect(Terminal.ColorChoice(rawValue: choice) != nil)
    }
  }

  @Test("The login name is that of the environment, else of the account, else unknown")
  func names() {
    func name(_ variables: [String: String], _ account: String?) -> String {
      loginName(variable: { variables[$0] }, account: { account })
    }
    #expect(name(["LOGNAME": "l", "USER": "u"], "a") == "l")
    #expect(name(["LOGNAME": "", "USER": "u"], "a") == "u")
    #expect(name([:], "a") == "a")
    #expect(name([:], "") == "unknown")
    #expect(name([:], nil) == "unknown")
  }

  @Test("The account is looked up without harm")
  func account() {
    #expect(accountName() != "")
    #expect(!loginName().isEmpty)
  }
}
