import Discovery
import JournalEngine

/// The members of an old session file that the events of a session have no place for, or that
/// would not come out as they were written.
enum ImportedMembers {
  /// Those that say how a session ended: a running session's no longer count once it has.
  static let ofTheEnd = [
    "completed_at", "status", "execution_time_seconds", "opportunities_found",
    "total_opportunities", "error_messages", "notes",
  ]

  static func of(_ session: Session) -> JSONObject {
    session.params["imported"]?.object ?? JSONObject()
  }
}
