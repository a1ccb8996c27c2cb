package import Discovery
package import JournalEngine

/// The file of a session as the earlier programs wrote it: eleven members, in their order.
package struct SessionDocument {
  package let members: JSONObject
  private let session: String
  private let profile: JournalName
  private let layout: LegacyLayout

  package init(_ session: Session, of profile: JournalName, in layout: LegacyLayout) {
    self.session = session.id
    self.profile = profile
    self.layout = layout
    let duration = session.duration.map { JSON.number(JSONNumber($0 / 1_000_000)) }
    var members: JSONObject = [
      "session_id": .string(session.id),
      "profile_id": .string(profile.text),
      "started_at": .string(layout.text(session.startedAt)),
      "completed_at": session.endedAt.map { .string(layout.text($0)) } ?? .null,
      "status": .string(session.status.rawValue),
      "tracks_executed": .array(session.tracks.map(JSON.string)),
      "opportunities_found": .object(
        JSONObject(session.opportunitiesFound.map { ($0.track, .number(JSONNumber($0.count))) })),
      "total_opportunities": .number(JSONNumber(session.totalOpportunities)),
      "execution_time_seconds": duration ?? .null,
      "error_messages": .array(Self.errors(of: session).map(JSON.string)),
      "notes": session.notes.map(JSON.string) ?? .null,
    ]
    for (name, value) in session.imported { members[name] = value }
    self.members = members
  }

  /// What both programs wrote into a session that they gave up for another one.
  static let abandoned = "Session abandoned - new session started"

  private static func errors(of session: Session) -> [String] {
    session.reason == .abandoned && session.errors.isEmpty ? [abandoned] : session.errors
  }

  /// Where the file stands, below the folder of its layout.
  package var name: String {
    switch layout {
    case .flat:
      DocumentName.file(
        FlatName.session(DocumentName.safe(session), of: profile.text, at: stamp))
    case .folders: DocumentName.file(DocumentName.safe(session))
    }
  }

  /// The start as the flat layout has it in its names: `YYYYMMDD_HHMMSS`, of the very text that
  /// stands in the file.
  private var stamp: String {
    let text = members["started_at"]?.string ?? ""
    let bytes = Array(text.utf8.prefix(19))
    let digits = bytes.filter { (48...57).contains($0) }
    guard bytes.count == 19, digits.count == 14 else { return "00000000_000000" }
    return String(decoding: digits[..<8], as: UTF8.self) + "_"
      + String(decoding: digits[8...], as: UTF8.self)
  }
}
