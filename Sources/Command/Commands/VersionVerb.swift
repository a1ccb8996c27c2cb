import JournalEngine

extension Verb {
  static let version = Verb(
    CommandSpec(name: "version", summary: "Print the program's version and the journal format")
  ) { call in
    if call.json {
      try call.print([
        "version": .string(Version.program),
        "format": .number(JSONNumber(LineFormat.version)),
      ])
    } else {
      try call.output.write(Version.text + "\n")
    }
    return .done
  }
}
