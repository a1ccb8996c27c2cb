import Discovery
import JournalEngine

/// What entries that pruning dropped must have been, as far as the state shows it.
struct DroppedEntries {
  /// Whether the profile is in another status than its old file says.
  let hasStatus: Bool
  /// Whether the last transition of a session was recorded here.
  let hasTransition: Bool
  /// How many sessions were started here.
  let started: Int64
  /// Whether anything was recorded here.
  let isAny: Bool

  /// - Throws: what looking up a session does.
  init(_ state: Profile) throws {
    let fields = state.fields
    hasStatus = fields["status"]?.string.map { !state.status.agrees(with: $0) } ?? false
    hasTransition =
      try state.lastTransition.map { last in
        // Of an imported one, the old words for its time are kept.
        let member = last.status == .inProgress ? "started_at" : "completed_at"
        return try state.session(last.session)?.imported[member] == nil
      } ?? false
    let imported = state.imports.reduce(Int64(0)) { sum, note in
      sum.addingClamped(max(0, note["sessions"]?.int ?? 0))
    }
    let isOldCount = Self.isImported("discovery_count", state)
    started = isOldCount ? max(0, Int64(state.sessionCount) - imported) : 0
    isAny =
      hasStatus || hasTransition || started > 0
      || fields.names.contains { !Self.isImported($0, state) }
  }

  private static func isImported(_ field: String, _ state: Profile) -> Bool {
    state.provenance[field].map { $0.source == "import" } ?? true
  }
}

extension Profile.Status {
  /// Whether an old file's status says the same; one that there is not here goes with an active
  /// profile.
  func agrees(with text: String) -> Bool { (Self(rawValue: text) ?? .active) == self }
}
