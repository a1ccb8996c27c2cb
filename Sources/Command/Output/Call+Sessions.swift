package import Discovery
package import JournalEngine

extension Call {
  /// Prints one session.
  package func print(_ session: Session, in profile: JournalName) throws {
    guard !json else { return try print(session.json(profile: profile)) }
    var rows: [(String, String)] = [
      ("session", session.id),
      ("profile", profile.text),
      ("status", session.status.rawValue + (session.reason == .abandoned ? " (abandoned)" : "")),
      ("started", session.startedAt.description),
    ]
    if let ended = session.endedAt { rows.append(("ended", ended.description)) }
    if let seconds = Self.seconds(session) { rows.append(("duration", "\(seconds) s")) }
    if !session.tracks.isEmpty { rows.append(("tracks", session.tracks.joined(separator: ", "))) }
    rows.append(
      (
        "found",
        "\(session.totalOpportunities)"
          + (session.opportunitiesFound.isEmpty
            ? "" : " (\(Self.text(session.opportunitiesFound)))")
      ))
    for error in session.errors { rows.append(("error", error)) }
    if let other = session.supersededBy { rows.append(("superseded by", other)) }
    if let notes = session.notes { rows.append(("notes", notes)) }
    for (name, value) in session.params { rows.append((name, value.string ?? value.text)) }
    try print(rows: rows)
  }

  /// Prints sessions as a table.
  package func print(table sessions: [Session]) throws {
    var table = Table(columns: [
      .init("SESSION", priority: 9), .init("STATUS", priority: 8),
      .init("STARTED", priority: 6), .init("SECONDS", alignment: .right, priority: 4),
      .init("FOUND", alignment: .right, priority: 7), .init("TRACKS", flexible: true, priority: 3),
      .init("REMARK", flexible: true, priority: 2),
    ])
    for session in sessions {
      let remark =
        session.supersededBy.map { "superseded by \($0)" } ?? session.errors.first
        ?? session.notes ?? ""
      table.addRow([
        .init(session.id), .init(session.status.rawValue, tone: session.status.tone),
        .init(Self.short(session.startedAt)), .init(Self.seconds(session) ?? "-"),
        .init(String(session.totalOpportunities)),
        .init(session.tracks.joined(separator: ",")), .init(remark),
      ])
    }
    try output.write(table.render(width: terminal.outputWidth, style: terminal.style))
  }

  private static func seconds(_ session: Session) -> String? {
    session.duration.map { microseconds in
      let tenths = microseconds / 100_000
      return "\(tenths / 10).\(tenths % 10)"
    }
  }
}

extension Session.Status {
  var tone: Style.Tone? {
    switch self {
    case .inProgress: .cyan
    case .completed: .green
    case .failed: .red
    }
  }
}
