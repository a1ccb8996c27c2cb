import Discovery
import JournalEngine

extension Verb {
  static let session = Verb(
    CommandSpec(
      name: "session", summary: "Show one session and its transitions",
      operands: [Operand(name: "SESSION")],
      options: [CommonOptions.profile, CommonOptions.at],
      examples: ["daybook session session_1c53c6b519de"])
  ) { call in
    let point = try call.point()
    let (id, found) = try call.sessionFound()
    let profile = found.journal
    let seen = point == .head ? found.seen : nil
    let replay = try seen?.replay ?? call.state(of: profile, at: point)
    if seen != nil { call.warn(replay.warnings, of: profile) }
    guard let session = try seen?.session ?? replay.state.session(id) else {
      // It may stand behind what is beyond doubt.
      if let damage = replay.damage { throw damage.error }
      throw Failure(
        code: "not_found",
        message: point == .head
          ? "there is no session \(id) in \(profile)"
          : "the session \(id) had not been started then",
        hint: "`daybook sessions \(profile)` lists them", status: .notFound)
    }
    let transitions = try call.entries(of: session, in: profile, upTo: replay.head.seq)
    if call.json {
      var object = session.json(profile: profile).object ?? JSONObject()
      object["transitions"] = .array(transitions.map { EntryView.json($0) })
      try call.print(.object(object))
    } else {
      try call.print(session, in: profile)
      try call.output.write("\n")
      try EntryView.print(transitions.map { .entry($0) }, to: call)
    }
    return call.report(replay.damage, in: profile)
  }
}
