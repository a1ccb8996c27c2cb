/// One pass over the words: which are the verb, which are operands, which belong to options.
///
/// An option may stand before the verb that declares it. Whether it takes a value is then asked
/// of all verbs, which have to agree; what else it has to satisfy is checked after the pass.
struct ArgumentScan {
  /// An option with its value, or with nil as a flag.
  struct GivenOption {
    var name: String
    var value: String?
  }

  let specs: [CommandSpec]
  private(set) var spec: CommandSpec?
  /// The first word of a verb of two, until the second is read.
  private(set) var verbWords: [String] = []
  private(set) var operands: [String] = []
  private(set) var options: [GivenOption] = []
  private(set) var wantsHelp = false
  private(set) var wantsVersion = false
  private var readsHelpTopic = false
  private var rest: ArraySlice<String> = []

  init(specs: [CommandSpec]) {
    self.specs = specs
  }

  mutating func read(_ arguments: [String]) throws(UsageError) {
    rest = arguments[...]
    var optionsEnded = false
    while let argument = rest.popFirst() {
      // By bytes: a combining mark after the dash would make another character of it.
      let bytes = argument.utf8
      if optionsEnded || bytes.first != UInt8(ascii: "-") || bytes.count == 1 {
        try readWord(argument)
      } else if argument == "--" {
        optionsEnded = true
      } else if bytes.starts(with: "--".utf8) {
        try readLong(argument)
      } else {
        try readShort(argument)
      }
    }
  }

  // MARK: Words

  private mutating func readWord(_ word: String) throws(UsageError) {
    if spec != nil {
      if readsHelpTopic {
        throw UsageError(
          message: "'help' explains one command, not also \(UsageError.quoted(word))",
          usage: "\(GlobalOptions.program) help [COMMAND]")
      }
      operands.append(word)
      return
    }
    if word == "help", verbWords.isEmpty {
      wantsHelp = true
      readsHelpTopic = true
      return
    }
    let name = (verbWords + [word]).joined(separator: " ")
    if let found = specs.first(where: { $0.name == name }) {
      spec = found
      verbWords = []
    } else if specs.contains(where: { $0.name.hasPrefix(name + " ") }) {
      verbWords.append(word)
    } else {
      throw unknownVerb(word)
    }
  }

  private func unknownVerb(_ word: String) -> UsageError {
    let hint = "'\(GlobalOptions.program) help' lists the commands"
    if let first = verbWords.first {
      let names = specs.map(\.name).filter { $0.hasPrefix(first + " ") }
      let candidates = names.map { (word: String($0.dropFirst(first.count + 1)), name: $0) }
      let nearest = NearestName.matches(for: word, among: candidates)
      let known = UsageError.alternatives(candidates.map(\.word))
      return UsageError(
        message: "'\(first)' knows no \(UsageError.quoted(word)), only \(known)",
        hint: UsageError.suggestion(nearest) ?? hint)
    }
    var candidates = [(word: "help", name: "help")]
    for spec in specs {
      let words = spec.name.split(separator: " ").map(String.init)
      candidates.append((word: words[0], name: words[0]))
      if words.count > 1 {
        candidates.append((word: spec.name, name: spec.name))
        candidates.append((word: words[1], name: spec.name))
      }
    }
    let nearest = NearestName.matches(for: word, among: candidates)
    return UsageError(
      message: "unknown command \(UsageError.quoted(word))",
      hint: UsageError.suggestion(nearest) ?? hint)
  }

  // MARK: Options

  private mutating func readLong(_ argument: String) throws(UsageError) {
    let body = argument.utf8.dropFirst(2)
    let mark = body.firstIndex(of: UInt8(ascii: "="))
    let name = String(argument[body.startIndex..<(mark ?? body.endIndex)])
    let inline = mark.map { String(argument[argument.utf8.index(after: $0)...]) }
    guard let option = try option(named: name) else {
      throw Self.unknownOption("--" + name, of: spec, specs: specs)
    }
    guard option.takesValue else {
      if inline != nil {
        throw UsageError(message: "'--\(name)' takes no value", usage: spec?.usageLine)
      }
      note(flag: option)
      return
    }
    try note(option, inline: inline)
  }

  private mutating func readShort(_ argument: String) throws(UsageError) {
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = visibleOptions.first(where: { $0.short == letter }) else {
        throw Self.unknownOption(argument, of: spec, specs: specs)
      }
      if option.takesValue {
        if letters.first == "=" { letters.removeFirst() }
        try note(option, inline: letters.isEmpty ? nil : String(letters))
        return
      }
      if letters.first == "=" {
        throw UsageError(message: "'-\(letter)' takes no value", usage: spec?.usageLine)
      }
      note(flag: option)
    }
  }

  private mutating func note(flag option: OptionSpec) {
    if option.name == GlobalOptions.help.name {
      wantsHelp = true
    } else if spec == nil, option == GlobalOptions.version {
      wantsVersion = true
    } else {
      options.append(GivenOption(name: option.name, value: nil))
    }
  }

  /// The value is what follows, whatever it begins with: `--at -2h`.
  private mutating func note(_ option: OptionSpec, inline: String?) throws(UsageError) {
    guard let value = inline ?? rest.popFirst() else {
      throw UsageError(
        message: "'--\(option.name)' lacks its value \(option.value ?? "")",
        usage: spec?.usageLine)
    }
    options.append(GivenOption(name: option.name, value: value))
  }

  /// The options that may stand here: those of the verb, and before it those of all verbs.
  private var visibleOptions: [OptionSpec] {
    if let spec { return spec.allOptions }
    return GlobalOptions.all + [GlobalOptions.version] + specs.flatMap(\.options)
  }

  private func option(named name: String) throws(UsageError) -> OptionSpec? {
    let found = visibleOptions.filter { $0.name == name }
    if let first = found.first, found.contains(where: { $0.takesValue != first.takesValue }) {
      throw UsageError(
        message: "'--\(name)' means one thing to some commands and another to others",
        hint: "Write it after the command")
    }
    return found.first
  }

  static func unknownOption(
    _ spelled: String, of spec: CommandSpec?, specs: [CommandSpec]
  ) -> UsageError {
    let known = spec?.allOptions ?? (GlobalOptions.all + specs.flatMap(\.options))
    let bare = String(spelled.drop { $0 == "-" })
    let shown = UsageError.quoted(spelled)
    let message = spec.map { "'\($0.name)' has no option \(shown)" } ?? "unknown option \(shown)"
    if spelled.utf8.dropFirst().first.map({ (0x30...0x39).contains($0) }) == true {
      return UsageError(
        message: message, hint: "Write '--' before an operand that begins with '-'",
        usage: spec?.usageLine)
    }
    let nearest = NearestName.suggestions(for: bare, among: known.map(\.name))
    if let hint = UsageError.suggestion(nearest.map { "--" + $0 }) {
      return UsageError(message: message, hint: hint)
    }
    return UsageError(message: message, usage: spec?.usageLine)
  }
}
