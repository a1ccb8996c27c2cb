import Discovery
import JournalEngine

extension Verb {
  static let replay = Verb(
    CommandSpec(
      name: "replay", summary: "Rebuild a profile from the first line",
      operands: [Operand(name: "PROFILE")],
      options: [
        CommonOptions.at,
        OptionSpec(name: "check", help: "compare with what status says; exit 5 if it differs"),
      ],
      notes: "Snapshots are not used; of a journal whose first entries were dropped, the oldest "
        + "one that follows them is. The digest is the SHA-256 of the state's canonical JSON: equal "
        + "states have equal digests. Numbers count by their value there: 1.5 is 1.50.",
      examples: ["daybook replay acme --check", "daybook replay acme --at 120"])
  ) { call in
    let profile = try call.profile()
    let point = try call.point()
    let replay = try call.replay(profile, at: point)
    let status = try ProfileStatus(
      profile, state: replay.state, head: replay.head,
      now: call.profiles.moment(of: point, replay))
    let digest = try replay.state.digest
    var exit = call.report(replay.damage, in: profile)
    var same: Bool?
    if call.arguments.flag("check") {
      // Up to the same entry: others may have appended since.
      let live = try call.state(of: profile, at: .seq(replay.head.seq))
      same = try live.state.digest == digest && live.head == replay.head
      if same == false {
        let failure = Failure(
          code: "damaged", message: "the rebuilt state is not what status says",
          hint: "run `daybook verify \(profile)`", status: .damage)
        exit = exit.worse(call.report(failure, of: profile))
      }
    }
    if call.json {
      var object: JSONObject = [
        "status": status.json,
        "sessions": .array(try replay.state.sessions().map { $0.json(profile: profile) }),
        "digest": .string(digest.description),
      ]
      object["check"] = same.map { .string($0 ? "same" : "different") }
      try call.print(.object(object))
    } else {
      var rows = [("digest", digest.description)]
      if let same {
        rows.append(("check", same ? "the same as status" : "DIFFERENT from status"))
      }
      try call.print(status, more: rows)
      if replay.state.sessionCount > 0 {
        try call.output.write("\n")
        try call.print(table: try replay.state.sessions())
      }
    }
    return exit
  }
}
