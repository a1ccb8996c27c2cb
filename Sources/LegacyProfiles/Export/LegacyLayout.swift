package import JournalEngine

/// The two forms in which the earlier programs kept profiles and sessions.
package enum LegacyLayout: String, Sendable, CaseIterable {
  /// `profiles/ID.json` and `sessions/SESSION_ID_YYYYMMDD_HHMMSS.json`, for all profiles together.
  case flat
  /// `ID/profile.json` and `ID/sessions/SESSION.json`.
  case folders

  /// A moment as the program of this layout wrote it: in UTC, without a zone.
  package func text(_ time: Timestamp) -> String {
    let text = String(time.description.dropLast())
    switch self {
    case .flat:
      return String(text.map { $0 == "T" ? " " : $0 })
    case .folders: return text
    }
  }

  /// The member of a profile that says when a session last changed.
  var lastDiscovery: String {
    switch self {
    case .flat: "last_discovery_date"
    case .folders: "last_discovery_at"
    }
  }
}
