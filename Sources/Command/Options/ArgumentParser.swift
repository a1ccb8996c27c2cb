/// Turns the words of a command line into an invocation, or into an error that says what is
/// wrong with them.
package enum ArgumentParser {
  /// The arguments after the name of the program, read against the verbs there are.
  package static func parse(
    _ arguments: [String], specs: [CommandSpec]
  ) throws(UsageError) -> Invocation {
    guard !arguments.isEmpty else { return .help(nil) }
    var scan = ArgumentScan(specs: specs)
    try scan.read(arguments)
    if scan.wantsVersion { return .version }
    if scan.wantsHelp { return .help(scan.spec) }
    guard let spec = scan.spec else { throw missingVerb(scan.verbWords, specs: specs) }
    try checkOperands(scan.operands, of: spec)
    return .run(spec, try checkOptions(scan.options, operands: scan.operands, of: spec))
  }

  /// Whether a command line asks for JSON, for an error in reading the rest of it.
  package static func asksForJSON(_ arguments: [String]) -> Bool {
    for argument in arguments {
      switch argument {
      case "--": return false
      case "--json", "--ndjson": return true
      default: continue
      }
    }
    return false
  }

  private static func missingVerb(_ words: [String], specs: [CommandSpec]) -> UsageError {
    guard !words.isEmpty else {
      return UsageError(
        message: "no command given",
        hint: "'\(GlobalOptions.program) help' lists the commands")
    }
    let beginning = words.joined(separator: " ")
    let rest = specs.filter { $0.name.hasPrefix(beginning + " ") }
      .map { String($0.name.dropFirst(beginning.count + 1)) }
    return UsageError(
      message: "'\(beginning)' lacks its second word: \(UsageError.alternatives(rest))",
      hint: "'\(GlobalOptions.program) help' lists the commands")
  }

  private static func checkOperands(
    _ operands: [String], of spec: CommandSpec
  ) throws(UsageError) {
    let minimum = spec.operands.reduce(0) { $0 + $1.minimum }
    if operands.count < minimum {
      let needed = spec.operands.filter { $0.minimum > 0 }
      throw UsageError(
        message: "'\(spec.name)' lacks \(needed[operands.count].name)", usage: spec.usageLine)
    }
    let limits = spec.operands.compactMap(\.maximum)
    guard limits.count == spec.operands.count else { return }
    let maximum = limits.reduce(0, +)
    if operands.count > maximum {
      throw UsageError(
        message: "'\(spec.name)' cannot take \(UsageError.quoted(operands[maximum]))",
        usage: spec.usageLine)
    }
  }

  private static func checkOptions(
    _ given: [ArgumentScan.GivenOption], operands: [String], of spec: CommandSpec
  ) throws(UsageError) -> ParsedArguments {
    var flags: Set<String> = []
    var values: [String: [String]] = [:]
    for option in given {
      let declared = spec.allOptions.first { $0.name == option.name }
      guard let declared, declared.takesValue == (option.value != nil) else {
        throw ArgumentScan.unknownOption("--" + option.name, of: spec, specs: [spec])
      }
      guard let value = option.value else {
        flags.insert(option.name)
        continue
      }
      if !declared.repeats, values[option.name] != nil {
        throw UsageError(
          message: "'--\(option.name)' is given more than once", usage: spec.usageLine)
      }
      if !declared.choices.isEmpty, !declared.choices.contains(value) {
        let choices = UsageError.alternatives(declared.choices)
        throw UsageError(
          message: "'--\(option.name)' takes \(choices), not \(UsageError.quoted(value))",
          hint: UsageError.suggestion(
            NearestName.suggestions(for: value, among: declared.choices)))
      }
      values[option.name, default: []].append(value)
    }
    for option in spec.options where option.required {
      guard flags.contains(option.name) || values[option.name] != nil else {
        throw UsageError(
          message: "'\(spec.name)' lacks '--\(option.name)'", usage: spec.usageLine)
      }
    }
    return ParsedArguments(operands: operands, flags: flags, values: values)
  }
}
