import Discovery
import JournalEngine

extension Verb {
  static let start = Verb(
    CommandSpec(
      name: "start", summary: "Start a discovery session and print its id",
      operands: [Operand(name: "PROFILE")],
      options: [
        OptionSpec(name: "track", value: "TRACK", repeats: true, help: "what is searched"),
        OptionSpec(name: "param", value: "NAME=VALUE", repeats: true, help: "a parameter"),
        CommonOptions.id,
      ],
      notes: "A session that is in progress is failed as abandoned in the same step. The profile's "
        + "journal is made if there is none.",
      examples: ["S=$(daybook start acme --track government --track foundation)"])
  ) { call in
    let profile = try call.profile()
    let command = ProfileCommand.start(
      session: SessionID.make(call.profiles.system.random),
      tracks: call.arguments.values("track"),
      params: try Fields.parse(call.arguments.values("param")))
    let (session, _) = try call.perform(command, on: profile)
    if call.json {
      try call.print(session, in: profile)
    } else {
      try call.output.write(session.id + "\n")
    }
    return .done
  }

  static let found = Verb(
    CommandSpec(
      name: "found", summary: "Record what a running session found",
      operands: [Operand(name: "SESSION")],
      options: [
        OptionSpec(name: "track", value: "TRACK", required: true, help: "where it was found"),
        OptionSpec(name: "count", value: "N", help: "how many; else as many as FILE holds"),
        OptionSpec(
          name: "from", value: "FILE", help: "opportunities, one JSON object a line; - is stdin"),
        CommonOptions.profile, CommonOptions.id,
      ],
      examples: ["daybook found $S --track government --count 12"])
  ) { call in
    let opportunities = try call.arguments.value("from").map(InputFile.lines)
    let count = try call.count("count").map(Int64.init)
    let (session, profile) = try call.sessionAndProfile()
    let command = ProfileCommand.found(
      session: session, track: call.arguments.value("track") ?? "", count: count,
      opportunities: opportunities)
    return try call.performAndPrint(command, on: profile)
  }

  static let complete = Verb(
    CommandSpec(
      name: "complete", summary: "Complete a session",
      operands: [Operand(name: "SESSION")],
      options: [
        OptionSpec(
          name: "found", value: "TRACK=N", repeats: true,
          help: "how many were found; else the sums of what was recorded"),
        OptionSpec(name: "total", value: "N", help: "how many in all; else the sum"),
        OptionSpec(name: "notes", value: "TEXT", help: "a remark"),
        CommonOptions.profile, CommonOptions.id,
      ],
      examples: ["daybook complete $S --found government=12 --notes 'first run'"])
  ) { call in
    let counts = try Fields.counts(call.arguments.values("found"))
    let results = DiscoveryEvent.Results(
      opportunitiesFound: counts.isEmpty ? nil : counts.map { TrackCount($0.track, $0.count) },
      total: try call.count("total").map(Int64.init), notes: call.arguments.value("notes"))
    let (session, profile) = try call.sessionAndProfile()
    return try call.performAndPrint(.complete(session: session, results), on: profile)
  }

  static let fail = Verb(
    CommandSpec(
      name: "fail", summary: "Fail a session",
      operands: [Operand(name: "SESSION")],
      options: [
        OptionSpec(
          name: "error", value: "TEXT", repeats: true, required: true, help: "what went wrong"),
        CommonOptions.profile, CommonOptions.id,
      ],
      examples: ["daybook fail $S --error 'timeout after 30 s'"])
  ) { call in
    let (session, profile) = try call.sessionAndProfile()
    return try call.performAndPrint(
      .fail(session: session, errors: call.arguments.values("error")), on: profile)
  }
}

extension Call {
  fileprivate func perform(
    _ command: ProfileCommand, on profile: JournalName
  ) throws -> (Session, JournalName) {
    let outcome = try record(command, on: profile)
    guard let id = outcome.receipt.subject, let session = try outcome.state.session(id) else {
      throw Failure(
        code: "not_found", message: "the session is not in \(profile)",
        hint: "`daybook sessions \(profile)` lists them", status: .notFound)
    }
    return (session, profile)
  }

  fileprivate func performAndPrint(
    _ command: ProfileCommand, on profile: JournalName
  ) throws -> ExitStatus {
    let (session, profile) = try perform(command, on: profile)
    try print(session, in: profile)
    return .done
  }
}
