public import JournalEngine

/// Everything that can happen to a profile and its discovery sessions.
public enum DiscoveryEvent: Sendable, Hashable {
  case profileCreated(fields: JSONObject, origin: Origin)
  case profileUpdated(set: JSONObject, unset: [String], origin: Origin)
  case profileArchived(reason: String?)
  case profileRestored(reason: String?)
  case profileDeleted(reason: String?)
  case sessionStarted(session: String, tracks: [String], params: JSONObject)
  /// A session that an earlier program ran, and that was imported.
  case earlierSessionStarted(session: String, tracks: [String], params: JSONObject, Earlier)
  case sessionFound(session: String, track: String, count: Int64?, opportunities: [JSON]?)
  case sessionCompleted(session: String, Results)
  case sessionFailed(session: String, Failure)
  /// What an import brought in: `source`, `files`, counts.
  case imported(JSONObject)

  /// Where values come from: a person, a filing, a web page, a builder tool.
  public struct Origin: Sendable, Hashable {
    public var source: String?
    /// From 0 to 1, with its exact text.
    public var confidence: JSONNumber?

    public init(source: String? = nil, confidence: JSONNumber? = nil) {
      self.source = source
      self.confidence = confidence
    }
  }

  /// What a session says of its results when it completes. What it leaves out is summed up from
  /// what was found while it ran.
  public struct Results: Sendable, Hashable {
    /// Track to count.
    public var opportunitiesFound: [TrackCount]?
    public var total: Int64?
    public var notes: String?
    /// See ``Session/imported``.
    public var imported: JSONObject

    public init(
      opportunitiesFound: [TrackCount]? = nil, total: Int64? = nil, notes: String? = nil,
      imported: JSONObject = JSONObject()
    ) {
      self.opportunitiesFound = opportunitiesFound
      self.total = total
      self.notes = notes
      self.imported = imported
    }
  }

  /// What sets the start of a session apart that an earlier program ran.
  public struct Earlier: Sendable, Hashable {
    /// The sessions that were running then: those programs let several run at once. A start of ours
    /// ends whatever runs.
    public var beside: [String]
    /// See ``Session/imported``.
    public var imported: JSONObject

    public init(beside: [String] = [], imported: JSONObject = JSONObject()) {
      self.beside = beside
      self.imported = imported
    }
  }

  /// Why a session failed.
  public struct Failure: Sendable, Hashable {
    public enum Reason: String, Sendable, Hashable, CaseIterable {
      case error
      /// Another session was started while it ran.
      case abandoned
    }

    public var errors: [String]
    public var reason: Reason
    public var supersededBy: String?
    /// See ``Session/imported``.
    public var imported: JSONObject

    public init(
      errors: [String] = [], reason: Reason = .error, supersededBy: String? = nil,
      imported: JSONObject = JSONObject()
    ) {
      self.errors = errors
      self.reason = reason
      self.supersededBy = supersededBy
      self.imported = imported
    }
  }
}

/// How many opportunities a track gave.
public struct TrackCount: Sendable, Hashable {
  public var track: String
  public var count: Int64

  public init(_ track: String, _ count: Int64) {
    self.track = track
    self.count = count
  }
}
