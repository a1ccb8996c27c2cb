public import JournalEngine

/// The state of one profile, as its journal tells it.
public struct Profile: Projection, Hashable {
  public static let name = "discovery"
  public static let version = 1

  public enum Status: String, Sendable, Hashable, CaseIterable {
    case active, archived, deleted
  }

  /// Who said what a field is, and when.
  public struct Provenance: Sendable, Hashable {
    public let seq: Int64
    public let time: Timestamp
    public let by: String?
    public let source: String?
    public let confidence: JSONNumber?
  }

  /// The last transition of any session.
  public struct Transition: Sendable, Hashable {
    public let session: String
    public let status: Session.Status
    public let time: Timestamp
  }

  public internal(set) var status = Status.active
  /// Whether it was created with its own entry, not only by a session's start.
  public internal(set) var isDeclared = false
  /// The time of the first entry; nil before there is one.
  public internal(set) var createdAt: Timestamp?
  public internal(set) var updatedAt: Timestamp?
  public internal(set) var fields = JSONObject()
  public internal(set) var provenance = FieldOrigins()
  /// The session that runs.
  public internal(set) var currentSession: String?
  public internal(set) var lastTransition: Transition?
  /// What imports brought in, oldest first.
  public internal(set) var imports: [JSONObject] = []
  var table = SessionTable()

  public init() {}

  /// Whether anything was ever recorded.
  public var exists: Bool { createdAt != nil }

  /// How many sessions were started.
  public var sessionCount: Int { table.count }

  /// The session of an id. Cost: constant.
  public func session(_ id: String) -> Session? { table[id] }

  /// The sessions, newest first.
  ///
  /// - Parameters:
  ///   - status: only those; nil for all.
  ///   - limit: at most so many; nil for all.
  public func sessions(status: Session.Status? = nil, limit: Int? = nil) -> [Session] {
    let wanted = table.newestFirst.lazy.filter { status == nil || $0.status == status }
    guard let limit else { return Array(wanted) }
    return Array(wanted.prefix(max(0, limit)))
  }

  public static func encode(_ event: DiscoveryEvent) -> RecordedEvent { event.recorded }

  public static func decode(_ recorded: RecordedEvent) throws -> DiscoveryEvent? {
    try DiscoveryEvent(recorded)
  }

  // Version 1 is the first form of every type: there is nothing to upcast yet.
}
