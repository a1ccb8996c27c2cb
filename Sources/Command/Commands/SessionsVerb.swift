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
    if call.json {
      var list = call.list(mayFail: true)
      try replay.state.forEachNewest(status: status, limit: limit) { session in
        try list.add(session.json(profile: profile))
      }
      try list.finish()
    } else {
      try call.print(table: try replay.state.sessions(status: status, limit: limit))
    }
    return call.report(replay.damage, in: profile)
  }
}
