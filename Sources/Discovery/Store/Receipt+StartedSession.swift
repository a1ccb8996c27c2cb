import JournalEngine

extension Receipt {
  /// The session that was started now; nil where none was, or where it had been before.
  var startedSession: String? {
    isRepeated || type != EventType.sessionStarted ? nil : subject
  }
}
