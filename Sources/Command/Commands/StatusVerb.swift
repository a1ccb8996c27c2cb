import Discovery
import JournalEngine

extension Verb {
  static let status = Verb(
    CommandSpec(
      name: "status", summary: "Show the status of profiles",
      operands: [Operand(name: "PROFILE", kind: .manyOptional)],
      options: [CommonOptions.at], lists: true,
      notes: "Without PROFILE, all profiles as a table; with one, all that is known of it. With "
        + "--json always an array.",
      examples: ["daybook status", "daybook status acme --at yesterday", "daybook status --json"])
  ) { call in
    let point = try call.point()
    let isNamed = !call.arguments.operands.isEmpty
    var statuses: [ProfileStatus] = []
    let exit = try call.forEachProfile { profile in
      let replay: Replay<Profile>
      do {
        replay = try call.state(of: profile, at: point)
      } catch {
        // Asked for all, the ones that did not exist then are not missing.
        if !isNamed, Failure(error).status == .notFound { return .done }
        throw error
      }
      statuses.append(
        try ProfileStatus(
          profile, state: replay.state, head: replay.head,
          now: call.profiles.moment(of: point, replay)))
      return call.report(replay.damage, in: profile)
    }
    if call.json {
      try call.print(list: statuses.map(\.json))
    } else if isNamed, let status = statuses.first, call.arguments.operands.count == 1 {
      try call.print(status)
    } else {
      try call.print(statuses)
    }
    return exit
  }
}
