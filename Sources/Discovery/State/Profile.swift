public import JournalEngine

/// The state of one profile, as its journal tells it.
public struct Profile: Projection, Hashable {
  public static let name = "discovery"
  public static let version = 2

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
  /// The session that runs; of several, the one that was started last.
  public internal(set) var currentSession: String?
  /// What else runs, in the order of the starts: sessions of earlier programs, which let several run
  /// at once.
  public internal(set) var alsoRunning: [String] = []
  public internal(set) var lastTransition: Transition?
  /// What imports brought in, oldest first.
  public internal(set) var imports: [JSONObject] = []
  /// The sessions from the first one that did not leave the state.
  var table = SessionTable()
  /// The finished sessions that did.
  var settled = SettledRecords.none
  /// What they add up to.
  var tally = Tally()
  /// Whether it begins in the middle of a journal, so that what it does not know is passed over.
  private(set) var isPartial = false

  public init() {}

  public static func partial() -> Profile {
    var profile = Profile()
    profile.isPartial = true
    return profile
  }

  /// All sessions that run, in the order of the starts.
  public var running: [String] { alsoRunning + (currentSession.map { [$0] } ?? []) }

  /// Whether anything was ever recorded.
  public var exists: Bool { createdAt != nil }

  /// How many sessions were started.
  public var sessionCount: Int { settled.count + table.count }

  public static func encode(_ event: DiscoveryEvent) -> RecordedEvent { event.recorded }

  public static func decode(_ recorded: RecordedEvent) throws -> DiscoveryEvent? {
    try DiscoveryEvent(recorded)
  }

  public static func text(of event: DiscoveryEvent) throws -> RecordedText {
    try event.plainText ?? RecordedText(event.recorded)
  }

  public static func event(of entry: Entry) throws -> DiscoveryEvent? {
    try DiscoveryEvent(plain: entry) ?? decoded(entry)
  }

  public mutating func fold(_ entry: Entry) throws {
    guard !entry.isEngines else { return }
    if try foldPlain(entry) { return }
    guard let event = try Self.event(of: entry) else { return }
    try apply(event, from: entry)
  }

  // The first form of every type is the only one: there is nothing to upcast yet.
}
