package import Discovery
import JournalEngine

extension Call {
  /// Prints one profile's status.
  ///
  /// - Parameter more: rows that stand below it.
  package func print(_ status: ProfileStatus, more: [(String, String)] = []) throws {
    guard !json else { return try print(status.json) }
    var rows: [(String, String)] = [
      ("profile", status.profile.text),
      ("status", status.state.status.rawValue),
      ("discovery", status.discovery.rawValue),
      ("last discovery", status.state.lastTransition?.time.description ?? "never"),
      ("current session", status.state.currentSession ?? "none"),
      ("sessions", counts(status.analytics)),
      ("created", status.state.createdAt?.description ?? ""),
      ("updated", status.state.updatedAt?.description ?? ""),
      ("head", status.head.description),
    ]
    if let rate = status.analytics.successRate {
      rows.append(("success rate", "\(Int((rate * 100).rounded())) %"))
    }
    if !status.analytics.opportunitiesByTrack.isEmpty {
      rows.append(("opportunities", Self.text(status.analytics.opportunitiesByTrack)))
    }
    for (name, value) in status.state.fields {
      rows.append((name, value.string ?? value.text))
    }
    try print(rows: rows + more)
  }

  /// A table of the status of several profiles, without its rows.
  static var statusTable: Table {
    Table(columns: [
      .init("PROFILE", flexible: true, priority: 9), .init("STATUS", priority: 5),
      .init("DISCOVERY", priority: 8), .init("LAST DISCOVERY", priority: 4),
      .init("SESSIONS", alignment: .right, priority: 6),
      .init("FOUND", alignment: .right, priority: 3),
      .init("CURRENT SESSION", flexible: true, priority: 2),
      .init("SEQ", alignment: .right, priority: 1),
    ])
  }

  /// A profile's row in ``statusTable``.
  static func row(of status: ProfileStatus) -> [Table.Cell] {
    [
      .init(status.profile.text, tone: .bold), .init(status.state.status.rawValue),
      .init(status.discovery.rawValue, tone: status.discovery.tone),
      .init(short(status.state.lastTransition?.time)),
      .init(String(status.state.sessionCount)),
      .init(String(status.analytics.totalOpportunities)),
      .init(status.state.currentSession ?? "-"), .init(String(status.head.seq)),
    ]
  }

  func print(_ table: Table) throws {
    try output.write(table.render(width: terminal.outputWidth, style: terminal.style))
  }

  /// A name and a value a line, the values in one column.
  package func print(rows: [(String, String)]) throws {
    let width = rows.map { $0.0.escapedForTerminal.displayWidth }.max() ?? 0
    for (name, value) in rows {
      let shown = name.escapedForTerminal
      let padding = String(repeating: " ", count: max(0, width - shown.displayWidth))
      try output.write(
        "\(terminal.style.dim(shown))\(padding)  \(value.escapedForTerminal)\n")
    }
  }

  private func counts(_ analytics: Analytics) -> String {
    let parts = Discovery.Session.Status.allCases.compactMap { status in
      analytics.sessionsByStatus[status].map { "\($0) \(status.rawValue)" }
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  static func text(_ counts: [TrackCount]) -> String {
    counts.map { "\($0.track) \($0.count)" }.joined(separator: ", ")
  }

  /// A time to the second.
  static func short(_ time: Timestamp?) -> String {
    time.map { String($0.description.prefix(19)) + "Z" } ?? "-"
  }
}

extension ProfileStatus.Discovery {
  var tone: Style.Tone? {
    switch self {
    case .neverRun: .dim
    case .inProgress: .cyan
    case .completed: .green
    case .failed: .red
    }
  }
}
