import Discovery
import JournalEngine

extension Verb {
  static let sessions = Verb(
    CommandSpec(
      name: "sessions", summary: "List a profile's sessions, newest first",
      operands: [Operand(name: "PROFILE")],
      options: [
        OptionSpec(
          name: "status", value: "STATUS", choices: Session.Status.allCases.map(\.rawValue),
          help: "only those"),
        OptionSpec(name: "limit", value: "N", help: "at most so many"),
        CommonOptions.at,
      ], lists: true,
      examples: ["daybook sessions acme --status failed --limit 5"])
  ) { call in
    let profile = try call.profile()
    let limit = try call.count("limit")
    let status = call.arguments.value("status").flatMap(Session.Status.init(rawValue:))
    let replay = try call.state(of: profile, at: try call.point())
    if call.ndjson {
      // However many they are, none is kept.
      try replay.state.forEachNewest(status: status, limit: limit) { session in
        try call.output.write(session.json(profile: profile).text + "\n")
      }
      return call.report(replay.damage, in: profile)
    }
    let sessions = try replay.state.sessions(status: status, limit: limit)
    if call.json {
      try call.print(list: sessions.map { $0.json(profile: profile) })
    } else {
      try call.print(table: sessions)
    }
    return call.report(replay.damage, in: profile)
  }
}
