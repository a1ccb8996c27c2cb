import Discovery
package import JournalEngine

/// Where the members of an old file no longer say how it is, because of what was recorded here.
///
/// An import makes the file right again only in what it brought, and only where the journal says no
/// other.
package struct ChangesSinceImport: Sendable, Equatable {
  /// Whether anything was imported at all.
  package let wasImported: Bool
  /// Whether anything was recorded here.
  package private(set) var isAny = false
  /// Whether anything was recorded here that is newer than the file's `updated_at`.
  package private(set) var hasUpdate = false
  /// Whether the profile was archived, restored or deleted here, and the file's `status` is older.
  package private(set) var hasStatus = false
  /// Whether a session was started or ended here, and the file's last discovery is older.
  package private(set) var hasTransition = false
  /// How many sessions were started here, which the file's count cannot have.
  package private(set) var started: Int64 = 0

  private var status = Profile.Status.active
  /// Whether all sessions that were started here are counted from the beginning.
  private var countsAll = false
  private var lastTime = Timestamp.earliest
  private var transitionTime: Timestamp?
  /// The field `discovery_count`.
  private var count: Int64 = 0
  private var group = EntryGroup()

  /// Before the first entry of a journal that has imports.
  package init() { wasImported = true }

  /// Before the first entry that pruning left.
  ///
  /// - Parameter state: that the journal has behind its last entry.
  /// - Throws: what looking up a session does.
  init(prunedTo state: Profile) throws {
    let dropped = try DroppedEntries(state)
    wasImported = true
    isAny = dropped.isAny
    hasUpdate = dropped.isAny
    hasStatus = dropped.hasStatus
    hasTransition = dropped.hasTransition
    started = dropped.started
    status = state.status
    countsAll = true
  }

  /// Of a journal that nothing was imported into: all of it.
  package static let everything = ChangesSinceImport(wasImported: false)

  private init(wasImported: Bool) {
    self.wasImported = wasImported
    isAny = true
    hasUpdate = true
    hasStatus = true
    hasTransition = true
  }

  /// Whether the next entry belongs to the last one's group, so that it says who recorded that.
  package var isInGroup: Bool { group.isOpen }

  /// Takes the next entry of the journal.
  ///
  /// - Parameter isWanted: whether what it does counts; else it only tells of its group.
  package mutating func take(_ entry: Entry, isWanted: Bool = true) {
    group.take(entry, isWanted: isWanted)
    guard !group.isOpen else { return }
    status = group.status ?? status
    if group.isImport { takeImport() } else if group.isAny { takeRecorded() }
    count = group.values["discovery_count"]?.int ?? count
    transitionTime = group.transitionTime ?? transitionTime
    lastTime = group.time
    group = EntryGroup()
  }

  private mutating func takeRecorded() {
    isAny = true
    hasUpdate = true
    if group.status != nil { hasStatus = true }
    if group.transitionTime != nil { hasTransition = true }
    // Whoever sets the count knows what was started before.
    if group.fields.contains("discovery_count") { forgetStarted() }
    if !countsAll { started += group.started }
  }

  private mutating func forgetStarted() {
    started = 0
    countsAll = false
  }

  private mutating func takeImport() {
    if cameBack { forgetStarted() }
    if group.fields.contains("status"), group.values["status"]?.string.map(status.agrees) ?? false {
      hasStatus = false
    }
    let discovery = ["discovery_status"] + LegacyLayout.allCases.map(\.lastDiscovery)
    // Without a transition of its own it brought what is older than the last one here.
    if group.transitionTime != nil, !group.fields.isDisjoint(with: discovery) {
      hasTransition = false
    }
    // It stands later than what was here only where the file was changed later.
    if group.fields.contains("updated_at"), let time = group.fieldsTime, time > lastTime {
      hasUpdate = false
    }
  }

  /// Whether the import brings a count that has the sessions that were started here, because the
  /// file is one that was exported.
  private var cameBack: Bool {
    guard let brought = group.values["discovery_count"]?.int else { return false }
    // The earlier program went on from it, and each of its sessions is later than any here.
    if group.started > 0 { return brought == count &+ started &+ group.started }
    // Nothing ran since, so the last discovery is the one here.
    guard hasTransition, let transitionTime else { return false }
    return LegacyLayout.allCases.contains { layout in
      LegacyLayout.allCases.contains { member in
        group.values[member.lastDiscovery]?.string == layout.text(transitionTime)
      }
    }
  }
}
