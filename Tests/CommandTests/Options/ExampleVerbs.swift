@testable import Command

/// A few verbs to try the parser on.
enum ExampleVerbs {
  static let create = CommandSpec(
    name: "profile create", summary: "Create a profile",
    operands: [
      Operand(name: "PROFILE"), Operand(name: "FIELD=VALUE", kind: .manyOptional),
    ],
    options: [OptionSpec(name: "from", value: "FILE", help: "Fields as JSON")])
  static let archive = CommandSpec(
    name: "profile archive", summary: "Put a profile away",
    operands: [Operand(name: "PROFILE")],
    options: [OptionSpec(name: "reason", value: "R", help: "Why")])
  static let start = CommandSpec(
    name: "start", summary: "Start a session",
    operands: [Operand(name: "PROFILE")],
    options: [
      OptionSpec(name: "track", value: "T", repeats: true, help: "A track to look for"),
      OptionSpec(name: "id", value: "KEY", help: "A key that makes a repetition harmless"),
    ],
    notes: "A running session is failed as abandoned.",
    examples: ["S=$(daybook start p)"])
  static let status = CommandSpec(
    name: "status", summary: "Show profiles",
    operands: [Operand(name: "PROFILE", kind: .manyOptional)],
    options: [OptionSpec(name: "at", value: "W", help: "At a time or a seq")], lists: true)
  static let history = CommandSpec(
    name: "history", summary: "Show the entries",
    operands: [Operand(name: "PROFILE")],
    options: [
      OptionSpec(name: "raw", help: "The very lines"),
      OptionSpec(name: "limit", value: "N", help: "At most so many"),
    ], lists: true)
  static let diff = CommandSpec(
    name: "diff", summary: "What changed between two points",
    operands: [Operand(name: "PROFILE")],
    options: [
      OptionSpec(name: "from", value: "W", required: true, help: "The earlier point"),
      OptionSpec(name: "to", value: "W", required: true, help: "The later point"),
    ])
  static let report = CommandSpec(
    name: "report", summary: "Write a page",
    operands: [Operand(name: "PROFILE", kind: .manyOptional)],
    options: [
      OptionSpec(name: "output", short: "o", value: "FILE", required: true, help: "The page")
    ])
  static let completions = CommandSpec(
    name: "completions", summary: "Completions for a shell", operands: [Operand(name: "SHELL")])
  static let odd = CommandSpec(
    name: "odd", summary: "Has a flag that others give a value",
    options: [OptionSpec(name: "limit", help: "A flag here")])

  static let all = [create, archive, start, status, history, diff, report, completions]

  /// What a command line runs; nil where it asks for help or the version.
  static func run(_ line: String...) throws(UsageError) -> (CommandSpec, ParsedArguments)? {
    guard case .run(let spec, let arguments) = try ArgumentParser.parse(line, specs: all)
    else { return nil }
    return (spec, arguments)
  }

  /// The error of a command line; nil where it has none.
  static func refusal(_ line: String...) -> UsageError? {
    do throws(UsageError) {
      _ = try ArgumentParser.parse(line, specs: all)
      return nil
    } catch {
      return error
    }
  }
}
