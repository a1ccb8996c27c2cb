import Discovery
public import JournalEngine
import LegacyProfiles

/// A session as the earlier services gave it: a value that was read, not one that changes.
@available(*, deprecated, message: "use Session of the module Discovery")
public struct DiscoverySession: Sendable, Hashable {
  public let sessionID: String
  public let profileID: String
  public let startedAt: Timestamp
  /// Nil while it runs.
  public let completedAt: Timestamp?
  /// `in_progress`, `completed` or `failed`.
  public let status: String
  public let tracksExecuted: [String]
  /// Track to count.
  public let opportunitiesFound: [String: Int]
  public let totalOpportunities: Int
  /// Whole seconds; nil while it runs.
  public let executionTimeSeconds: Int?
  public let errorMessages: [String]
  public let notes: String?

  /// The eleven members as the file of the session had them, times as in the folders layout.
  public let json: JSON

  /// - Parameter profile: the one that it was run for.
  init(_ session: Session, of profile: JournalName) {
    let members = SessionDocument(session, of: profile, in: .folders).members
    sessionID = session.id
    profileID = profile.text
    startedAt = session.startedAt
    completedAt = session.endedAt
    status = session.status.rawValue
    tracksExecuted = session.tracks
    opportunitiesFound = Dictionary(
      (members["opportunities_found"]?.object ?? [:]).map { ($0.name, $0.value.asInt) },
      uniquingKeysWith: +)
    totalOpportunities = members["total_opportunities"]?.asInt ?? 0
    executionTimeSeconds = members["execution_time_seconds"]?.int.map(Int.init(clamping:))
    errorMessages = (members["error_messages"]?.array ?? []).compactMap(\.string)
    notes = members["notes"]?.string
    json = .object(members)
  }
}

extension JSON {
  /// The whole number that this is; 0 where it is none.
  fileprivate var asInt: Int { int.map(Int.init(clamping:)) ?? 0 }
}
