import Discovery
package import JournalEngine

/// What a journal holds behind the newest import: there the old file no longer says how it is.
package struct ChangesSinceImport: Sendable, Equatable {
  /// Whether anything was imported at all.
  package let wasImported: Bool
  /// Whether anything was recorded.
  package private(set) var isAny = false
  /// Whether the profile was archived, restored or deleted.
  package private(set) var hasStatus = false
  /// Whether a session was started or ended.
  package private(set) var hasTransition = false
  /// How many sessions were started.
  package private(set) var started: Int64 = 0

  /// Right behind an import.
  package init() { wasImported = true }

  /// Of a journal that nothing was imported into: all of it.
  package static let everything = ChangesSinceImport(wasImported: false)

  private init(wasImported: Bool) {
    self.wasImported = wasImported
    isAny = true
    hasStatus = true
    hasTransition = true
  }

  /// Takes the next entry of the journal.
  package mutating func take(_ entry: Entry) {
    if entry.isEngines { return }
    switch entry.type {
    case EventType.imported: self = ChangesSinceImport()
    case EventType.profileArchived, EventType.profileRestored, EventType.profileDeleted:
      isAny = true
      hasStatus = true
    case EventType.sessionStarted:
      isAny = true
      hasTransition = true
      started += 1
    case EventType.sessionCompleted, EventType.sessionFailed:
      isAny = true
      hasTransition = true
    case EventType.profileCreated, EventType.profileUpdated, EventType.sessionFound: isAny = true
    default: break
    }
  }
}
