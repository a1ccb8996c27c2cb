/// What a command was asked for, after the parser has checked it against its description.
package struct ParsedArguments: Sendable, Equatable {
  /// The words without a name, in order.
  package var operands: [String]
  private var flags: Set<String>
  private var namedValues: [String: [String]]

  package init(
    operands: [String] = [],
    flags: Set<String> = [],
    values: [String: [String]] = [:]
  ) {
    self.operands = operands
    self.flags = flags
    self.namedValues = values
  }

  /// Whether the flag was given. Names have no dashes here.
  package func flag(_ name: String) -> Bool { flags.contains(name) }

  /// The value of an option that does not repeat.
  package func value(_ name: String) -> String? { namedValues[name]?.last }

  /// All values of an option, in the order given.
  package func values(_ name: String) -> [String] { namedValues[name] ?? [] }

  /// The operand at a place, where there may be none.
  package func operand(_ index: Int) -> String? {
    operands.indices.contains(index) ? operands[index] : nil
  }
}

/// What the words of a command line ask for.
package enum Invocation: Sendable, Equatable {
  /// Help on one verb, or with nil on the whole.
  case help(CommandSpec?)
  case version
  case run(CommandSpec, ParsedArguments)
}
