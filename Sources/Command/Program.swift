package import JournalEngine

/// The command line from its arguments to its exit status.
package struct Program {
  package let system: JournalSystem
  package let output: StandardOutput
  private let terminalSystem: TerminalSystem
  private let writeError: (String) -> Void

  package init(
    system: JournalSystem = JournalSystem(), terminal: TerminalSystem = .live,
    output: StandardOutput = StandardOutput(),
    writeError: @escaping (String) -> Void = { Progress.writeToStandardError($0) }
  ) {
    self.system = system
    terminalSystem = terminal
    self.output = output
    self.writeError = writeError
  }

  /// The whole program as a process runs it.
  package static func main() -> Int32 {
    StandardDescriptors.hold()
    Signals.ignoreClosedPipes()
    Signals.ignoreFileSizeLimit()
    let program = Program()
    let status: ExitStatus
    do {
      status = program.run(try ProcessArguments.current())
    } catch {
      status = program.tell(Failure(error), json: false, style: .plain)
    }
    Signals.endByReceivedSignal()
    return status.rawValue
  }

  package func run(_ arguments: [String]) -> ExitStatus {
    var json = ArgumentParser.asksForJSON(arguments)
    var style = Style.plain
    do {
      let specs = Verb.all.map(\.spec)
      switch try ArgumentParser.parse(arguments, specs: specs) {
      case .version:
        return try finish { try output.write(Version.text + "\n") }
      case .help(let spec):
        let terminal = Terminal.detect(system: terminalSystem)
        return try finish {
          try output.write(
            spec.map { HelpText.command($0, style: terminal.style, width: terminal.width) }
              ?? HelpText.overview(
                specs, groups: Verb.groups, introduction: Self.introduction,
                style: terminal.style, width: terminal.width))
        }
      case .run(let spec, let parsed):
        let color = parsed.value("color").flatMap(Terminal.ColorChoice.init(rawValue:)) ?? .auto
        let terminal = Terminal.detect(color: color, system: terminalSystem)
        json = parsed.flag("json") || parsed.flag("ndjson")
        style = terminal.errorStyle
        let call = try Call(
          parsed, system: system, terminal: terminal, output: output, writeError: writeError)
        guard let verb = Verb.all.first(where: { $0.spec.name == spec.name }) else {
          return .usage
        }
        let status = try verb.run(call)
        try output.flush()
        return status
      }
    } catch OutputError.closedPipe {
      // `daybook history p | head`: the reader had enough.
      return .done
    } catch {
      try? output.flush()
      return tell(Failure(error), json: json, style: style)
    }
  }

  private func finish(_ body: () throws -> Void) throws -> ExitStatus {
    try body()
    try output.flush()
    return .done
  }

  private static let introduction = """
    An append-only journal of profiles and discovery sessions: replay history, audit transitions,
    rebuild state after crashes.
    """

  private func tell(_ failure: Failure, json: Bool, style: Style) -> ExitStatus {
    writeError(failure.text(json: json, style: style))
    return failure.status
  }
}
