import Glibc

/// What is at the other end of standard output and standard error, found out once at the start.
package struct Terminal: Sendable, Equatable {
  /// The value of `--color`.
  package enum ColorChoice: String, Sendable {
    case auto, always, never
  }

  package var outputIsTerminal: Bool
  package var errorIsTerminal: Bool
  /// Columns of the terminal; 80 where nobody knows.
  package var width: Int
  /// For standard output.
  package var style: Style
  /// For standard error.
  package var errorStyle: Style

  package init(
    outputIsTerminal: Bool = false, errorIsTerminal: Bool = false, width: Int = 80,
    style: Style = .plain, errorStyle: Style = .plain
  ) {
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.width = width
    self.style = style
    self.errorStyle = errorStyle
  }

  /// The width to fit results to: none where they go to a file or another program.
  package var outputWidth: Int? { outputIsTerminal ? width : nil }

  /// Asks the system, or in a test its stand-in.
  ///
  /// With `auto`, colour is used on a terminal that is not dumb, unless `$NO_COLOR` says
  /// otherwise; `--color always` is the later word and outweighs it.
  package static func detect(
    color: ColorChoice = .auto, system: TerminalSystem = .live
  ) -> Terminal {
    let output = system.isTerminal(STDOUT_FILENO)
    let error = system.isTerminal(STDERR_FILENO)
    let wanted = (system.variable("NO_COLOR") ?? "").isEmpty
    let kind = system.variable("TERM") ?? ""
    let capable = !kind.isEmpty && kind != "dumb"
    func style(_ isTerminal: Bool) -> Style {
      switch color {
      case .always: .colored
      case .never: .plain
      case .auto: Style(enabled: isTerminal && wanted && capable)
      }
    }
    return Terminal(
      outputIsTerminal: output, errorIsTerminal: error,
      width: width(output: output, error: error, system: system),
      style: style(output), errorStyle: style(error))
  }

  private static func width(output: Bool, error: Bool, system: TerminalSystem) -> Int {
    if output, let columns = system.columns(STDOUT_FILENO), columns > 0 { return columns }
    if error, let columns = system.columns(STDERR_FILENO), columns > 0 { return columns }
    if let text = system.variable("COLUMNS"), let columns = Int(text), columns > 0 {
      return min(columns, 10_000)
    }
    return 80
  }
}

/// What `Terminal.detect` asks of the system.
package struct TerminalSystem: Sendable {
  package var isTerminal: @Sendable (_ descriptor: Int32) -> Bool
  /// The columns of the terminal, as its driver knows them.
  package var columns: @Sendable (_ descriptor: Int32) -> Int?
  package var variable: @Sendable (_ name: String) -> String?

  package init(
    isTerminal: @escaping @Sendable (Int32) -> Bool,
    columns: @escaping @Sendable (Int32) -> Int?,
    variable: @escaping @Sendable (String) -> String?
  ) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.variable = variable
  }

  /// The system itself.
  package static let live = TerminalSystem(
    isTerminal: { isatty($0) == 1 },
    columns: { descriptor in
      var size = winsize()
      guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
      return Int(size.ws_col)
    },
    variable: Environment.variable)
}
