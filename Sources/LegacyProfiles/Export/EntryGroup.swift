import Discovery
import JournalEngine

/// What the entries of one atomic group do to a profile, as far as an old file has members for it.
struct EntryGroup: Sendable, Equatable {
  /// Whether an import recorded it: its last entry says so.
  private(set) var isImport = false
  /// Whether it holds anything that is not the engine's.
  private(set) var isAny = false
  /// What the profile was made: archived, active or deleted.
  private(set) var status: Profile.Status?
  /// When a session was started or ended last.
  private(set) var transitionTime: Timestamp?
  /// How many sessions were started.
  private(set) var started: Int64 = 0
  /// The fields that were set or taken away.
  private(set) var fields: Set<String> = []
  /// What those that old files have for themselves were set to.
  private(set) var values = JSONObject()
  /// When fields were set last.
  private(set) var fieldsTime: Timestamp?
  /// Whether more of it follows.
  private(set) var isOpen = false
  /// When it ended.
  private(set) var time = Timestamp.earliest

  /// - Parameter isWanted: else it only ends the group, as what it does is not asked for.
  mutating func take(_ entry: Entry, isWanted: Bool) {
    isOpen = entry.more
    if isWanted { time = entry.time }
    if entry.isEngines { return }
    if entry.isType(EventType.imported) { isImport = true }
    guard isWanted else { return }
    isAny = true
    switch entry.type {
    case EventType.profileArchived: status = .archived
    case EventType.profileRestored: status = .active
    case EventType.profileDeleted: status = .deleted
    case EventType.sessionStarted:
      transitionTime = entry.time
      started += 1
    case EventType.sessionCompleted, EventType.sessionFailed: transitionTime = entry.time
    case EventType.profileCreated, EventType.profileUpdated: takeFields(entry)
    default: break
    }
  }

  private static let kept =
    ["status", "discovery_count"] + LegacyLayout.allCases.map(\.lastDiscovery)

  private mutating func takeFields(_ entry: Entry) {
    guard let data = try? entry.object() else { return }
    let set = (data["fields"] ?? data["set"])?.object ?? [:]
    fields.formUnion(set.names)
    fields.formUnion((data["unset"]?.array ?? []).compactMap(\.string))
    for name in Self.kept { values[name] = set[name] ?? values[name] }
    fieldsTime = entry.time
  }
}
