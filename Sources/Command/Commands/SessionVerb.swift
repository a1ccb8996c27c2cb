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
    let (id, profile) = try call.sessionAndProfile()
    let replay = try call.profiles.replay(profile, at: point)
    guard let session = replay.state.session(id) else {
      throw Failure(
        code: "not_found",
        message: point == .head
          ? "there is no session \(id) in \(profile)"
          : "the session \(id) had not been started then",
        hint: "`daybook sessions \(profile)` lists them", status: .notFound)
    }
    var transitions: [Entry] = []
    try call.profiles.reader(profile).forEach { entry in
      if entry.seq > replay.head.seq { return false }
      if entry.subject == id { transitions.append(entry) }
      return true
    }
    if call.json {
      var object = session.json(profile: profile).object ?? JSONObject()
      object["transitions"] = .array(try transitions.map { try EntryView.json($0) })
      try call.print(.object(object))
    } else {
      try call.print(session, in: profile)
      try call.output.write("\n")
      try EntryView.print(transitions.map { .entry($0) }, to: call)
    }
    return call.warn(replay.damage, in: profile)
  }
}
