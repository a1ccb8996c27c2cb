import Discovery
import JournalEngine

extension Verb {
  static let profileCreate = Verb(
    CommandSpec(
      name: "profile create", summary: "Create a profile",
      operands: [Operand(name: "PROFILE"), Operand(name: "FIELD=VALUE", kind: .manyOptional)],
      options: [
        OptionSpec(name: "from", value: "FILE", help: "a JSON object of fields; - is stdin"),
        source, confidence, CommonOptions.id,
      ],
      notes: "VALUE is JSON if it parses as JSON, else a string. Fields given as operands win over "
        + "those of the file.",
      examples: [
        #"daybook profile create acme name="Acme Relief" states='["VA","MD"]'"#,
        "daybook profile create acme --from acme.json",
      ])
  ) { call in
    let profile = try call.profile()
    var fields = try call.arguments.value("from").map(InputFile.object) ?? JSONObject()
    for (name, value) in try Fields.parse(call.arguments.operands.dropFirst()) {
      fields[name] = value
    }
    return try call.perform(.create(fields: fields, origin: try call.origin()), on: profile)
  }

  static let profileSet = Verb(
    CommandSpec(
      name: "profile set", summary: "Set or remove fields of a profile",
      operands: [Operand(name: "PROFILE"), Operand(name: "FIELD=VALUE", kind: .manyOptional)],
      options: [
        OptionSpec(name: "unset", value: "FIELD", repeats: true, help: "remove a field"),
        source, confidence, CommonOptions.id,
      ],
      examples: ["daybook profile set acme ein=81-2827604 --source 'form 990' --confidence 0.95"])
  ) { call in
    let profile = try call.profile()
    let set = try Fields.parse(call.arguments.operands.dropFirst())
    return try call.perform(
      .update(set: set, unset: call.arguments.values("unset"), origin: try call.origin()),
      on: profile)
  }

  static let profileArchive = change("archive", "Archive a profile: no session can be started") {
    .archive(reason: $0)
  }

  static let profileRestore = change("restore", "Bring an archived or deleted profile back") {
    .restore(reason: $0)
  }

  static let profileDelete = change("delete", "Mark a profile as deleted; its history stays") {
    .delete(reason: $0)
  }

  private static func change(
    _ name: String, _ summary: String,
    _ command: @escaping @Sendable (String?) -> ProfileCommand
  ) -> Verb {
    Verb(
      CommandSpec(
        name: "profile \(name)", summary: summary, operands: [Operand(name: "PROFILE")],
        options: [CommonOptions.reason, CommonOptions.id])
    ) { call in
      try call.perform(command(call.arguments.value("reason")), on: try call.profile())
    }
  }

  private static let source = OptionSpec(
    name: "source", value: "TEXT", help: "where the values come from: a filing, a web page")
  private static let confidence = OptionSpec(
    name: "confidence", value: "0…1", help: "how sure they are")
}

extension Call {
  fileprivate func perform(
    _ command: ProfileCommand, on profile: JournalName
  ) throws -> ExitStatus {
    let outcome = try record(command, on: profile)
    try print(
      try ProfileStatus(
        profile, state: outcome.state, head: outcome.receipt.head, now: clock.now()))
    return .done
  }

  fileprivate func origin() throws -> DiscoveryEvent.Origin {
    let confidence = try arguments.value("confidence").map { text in
      guard let number = JSONNumber(text: text) else {
        throw UsageError(message: "--confidence \(text) is not a number", hint: "0 to 1")
      }
      return number
    }
    return DiscoveryEvent.Origin(source: arguments.value("source"), confidence: confidence)
  }
}
