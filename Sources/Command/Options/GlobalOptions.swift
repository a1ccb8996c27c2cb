/// What holds for every command, whichever verb it names.
package enum GlobalOptions {
  /// The name of the program, as usage lines and hints show it.
  package static let program = "daybook"

  package static let journals = OptionSpec(
    name: "journals", value: "DIR",
    help: "Where the journals are; else $DAYBOOK_JOURNALS, else ./Journals")
  package static let by = OptionSpec(
    name: "by", value: "WHO",
    help: "Who records; else $DAYBOOK_BY, else the login name")
  package static let json = OptionSpec(
    name: "json", help: "Print one JSON document")
  package static let ndjson = OptionSpec(
    name: "ndjson", help: "Print one JSON object a line, where a command lists")
  package static let color = OptionSpec(
    name: "color", choices: ["auto", "always", "never"],
    help: "When to colour; auto follows the terminal and $NO_COLOR")
  package static let quiet = OptionSpec(
    name: "quiet", short: "q", help: "Say nothing but results and errors")
  package static let singleWriter = OptionSpec(
    name: "single-writer", help: "Promise that no other process writes to these journals")
  package static let help = OptionSpec(
    name: "help", short: "h", help: "Explain the command")

  /// All of them, in the order of the help.
  package static let all = [journals, by, json, ndjson, color, quiet, singleWriter, help]

  /// Stands in place of a verb, so not among those of every command.
  static let version = OptionSpec(
    name: "version", help: "Print the version")
}
