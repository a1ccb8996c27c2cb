/// One verb of the program, described once: the parser, the help and the completions read it.
package struct CommandSpec: Sendable, Equatable {
  /// One word, or two as in `profile create`.
  package var name: String
  /// One line, without a full stop.
  package var summary: String
  package var operands: [Operand]
  package var options: [OptionSpec]
  /// Whether it lists things, and so takes `--ndjson`.
  package var lists: Bool
  /// Paragraphs below the options. A line that begins with a blank is shown as it stands.
  package var notes: String?
  /// Complete command lines.
  package var examples: [String]

  package init(
    name: String,
    summary: String,
    operands: [Operand] = [],
    options: [OptionSpec] = [],
    lists: Bool = false,
    notes: String? = nil,
    examples: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.options = options
    self.lists = lists
    self.notes = notes
    self.examples = examples
  }

  /// Its own options, then those of every command that apply to it.
  package var allOptions: [OptionSpec] { options + globalOptions }

  /// The options of every command that apply to this one.
  package var globalOptions: [OptionSpec] {
    GlobalOptions.all.filter { global in
      (lists || global.name != GlobalOptions.ndjson.name)
        && !options.contains { $0.name == global.name }
    }
  }

  /// `daybook start PROFILE [--track T …]`, on one line.
  package var usageLine: String {
    usageParts.joined(separator: " ")
  }

  /// The parts of the usage line that are not to be broken.
  var usageParts: [String] {
    [GlobalOptions.program + " " + name] + operands.map(\.usage) + options.map(\.usage)
  }
}

/// A word that a verb takes without naming it.
package struct Operand: Sendable, Equatable {
  /// How many words stand for an operand.
  package enum Kind: Sendable, Equatable {
    case one
    case optional
    /// One or more.
    case many
    /// None or more.
    case manyOptional
  }

  package var name: String
  package var kind: Kind

  package init(name: String, kind: Kind = .one) {
    self.name = name
    self.kind = kind
  }

  /// The fewest words it takes.
  var minimum: Int {
    switch kind {
    case .one, .many: 1
    case .optional, .manyOptional: 0
    }
  }

  /// The most words it takes; nil without limit.
  var maximum: Int? {
    switch kind {
    case .one, .optional: 1
    case .many, .manyOptional: nil
    }
  }

  var usage: String {
    switch kind {
    case .one: name
    case .optional: "[\(name)]"
    case .many: "\(name) …"
    case .manyOptional: "[\(name) …]"
    }
  }
}

/// An option of a verb: a flag, or with a value.
package struct OptionSpec: Sendable, Equatable {
  /// Without the dashes.
  package var name: String
  /// The letter of its short form, as in `-o`.
  package var short: Character?
  /// What the value is called in the help; nil makes the option a flag.
  package var value: String?
  /// Whether a value may be given more than once.
  package var repeats: Bool
  /// Whether the verb cannot do without it.
  package var required: Bool
  /// The only values there are; empty where any will do.
  package var choices: [String]
  package var help: String

  package init(
    name: String,
    short: Character? = nil,
    value: String? = nil,
    repeats: Bool = false,
    required: Bool = false,
    choices: [String] = [],
    help: String
  ) {
    self.name = name
    self.short = short
    self.value = value ?? (choices.isEmpty ? nil : choices.joined(separator: "|"))
    self.repeats = repeats
    self.required = required
    self.choices = choices
    self.help = help
  }

  package var takesValue: Bool { value != nil }

  /// `-o, --out FILE`, as the table of options shows it.
  var label: String {
    let long = value.map { "--\(name) \($0)" } ?? "--\(name)"
    return short.map { "-\($0), \(long)" } ?? long
  }

  /// `[--track T …]`, as the usage line shows it.
  var usage: String {
    let long = value.map { "--\(name) \($0)" } ?? "--\(name)"
    let text = repeats ? long + " …" : long
    return required ? text : "[\(text)]"
  }
}
