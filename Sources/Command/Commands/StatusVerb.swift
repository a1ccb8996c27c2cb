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
    if !call.json, call.arguments.operands.count == 1 {
      let profile = try call.profile()
      let replay = try call.state(of: profile, at: point)
      try call.print(try call.profiles.status(of: profile, replay, at: point))
      return call.report(replay.damage, in: profile)
    }
    let profiles = call.profiles
    var list = call.list()
    let form = call.json ? list.form : nil
    var table = Call.statusTable
    let exit = try call.forEachProfileAtOnce("reading", counting: .items("profiles")) {
      name, progress in
      let replay = try profiles.state(of: name, at: point, progress: progress)
      return StatusLine(try profiles.status(of: name, replay, at: point), replay, as: form)
    } take: { name, line in
      call.warn(line.warnings, of: name)
      switch line.shown {
      case .json(let text): try list.add(text: text)
      case .row(let cells): table.addRow(cells)
      }
      return call.report(line.damage, in: name)
    }
    if call.json { try list.finish() } else { try call.print(table) }
    return exit
  }
}

/// What is kept of a profile's status until it is printed: of a hundred thousand, not all that they are.
private struct StatusLine: Sendable {
  enum Shown {
    case json([UInt8])
    case row([Table.Cell])
  }

  let shown: Shown
  let damage: Damage?
  let warnings: [SnapshotWarning]

  /// - Parameter form: of JSON; nil for a row of the table.
  init(_ status: ProfileStatus, _ replay: Replay<Profile>, as form: JSONList.Form?) {
    shown = form.map { .json($0.text(status.json)) } ?? .row(Call.row(of: status))
    damage = replay.damage
    warnings = replay.warnings
  }
}

extension Profiles {
  fileprivate func status(
    of profile: JournalName, _ replay: Replay<Profile>, at point: Point
  ) throws -> ProfileStatus {
    try ProfileStatus(
      profile, state: replay.state, head: replay.head, now: moment(of: point, replay))
  }
}
