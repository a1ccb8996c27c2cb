import JournalEngine

extension DiscoveryEvent {
  /// The event of an entry; nil for a type that is not the domain's.
  ///
  /// - Throws: ``UnexpectedField`` where a field has another type than it must have. Fields that
  ///   are missing have their empty value, and unknown ones are left alone.
  init?(_ recorded: RecordedEvent) throws {
    let data = Fields(recorded.data)
    func session() throws -> String {
      guard let subject = recorded.subject, !subject.isEmpty else {
        throw UnexpectedField(name: "subject", expected: "a session's id")
      }
      return subject
    }
    switch recorded.type {
    case EventType.profileCreated:
      self = .profileCreated(fields: try data.object("fields"), origin: try data.origin())
    case EventType.profileUpdated:
      self = .profileUpdated(
        set: try data.object("set"), unset: try data.texts("unset"), origin: try data.origin())
    case EventType.profileArchived: self = .profileArchived(reason: try data.text("reason"))
    case EventType.profileRestored: self = .profileRestored(reason: try data.text("reason"))
    case EventType.profileDeleted: self = .profileDeleted(reason: try data.text("reason"))
    case EventType.sessionStarted:
      self = .sessionStarted(
        session: try session(), tracks: try data.texts("tracks"), params: try data.object("params"))
    case EventType.sessionFound:
      self = .sessionFound(
        session: try session(), track: try data.text("track") ?? "unknown",
        count: try data.count("count"), opportunities: try data.array("opportunities"))
    case EventType.sessionCompleted:
      self = .sessionCompleted(
        session: try session(),
        Results(
          opportunitiesFound: try data.counts("opportunities_found"),
          total: try data.count("total_opportunities"), notes: try data.text("notes")))
    case EventType.sessionFailed:
      let reason = try data.text("reason").flatMap(Failure.Reason.init(rawValue:)) ?? .error
      self = .sessionFailed(
        session: try session(),
        Failure(
          errors: try data.texts("errors"), reason: reason,
          supersededBy: try data.text("superseded_by")))
    case EventType.imported: self = .imported(recorded.data)
    default: return nil
    }
  }
}

/// A field of an entry is not what its type says.
struct UnexpectedField: Error, CustomStringConvertible {
  let name: String
  let expected: String

  var description: String { "\(name) is not \(expected)" }
}

/// Reads fields by their name and type; `null` is the same as missing.
private struct Fields {
  let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  func text(_ name: String) throws -> String? {
    try value(name, "a string", \.string)
  }

  func object(_ name: String) throws -> JSONObject {
    try value(name, "an object", \.object) ?? JSONObject()
  }

  func array(_ name: String) throws -> [JSON]? {
    try value(name, "an array", \.array)
  }

  func texts(_ name: String) throws -> [String] {
    try (array(name) ?? []).map { element in
      guard let text = element.string else {
        throw UnexpectedField(name: name, expected: "an array of strings")
      }
      return text
    }
  }

  func count(_ name: String) throws -> Int64? {
    let count = try value(name, "a whole number", \.int)
    if let count, count < 0 { throw UnexpectedField(name: name, expected: "zero or more") }
    return count
  }

  func counts(_ name: String) throws -> [TrackCount]? {
    guard let counts = try value(name, "an object", \.object) else { return nil }
    let fields = Fields(counts)
    return try counts.names.map { TrackCount($0, try fields.count($0) ?? 0) }
  }

  func origin() throws -> DiscoveryEvent.Origin {
    DiscoveryEvent.Origin(
      source: try text("source"), confidence: try value("confidence", "a number", \.number))
  }

  private func value<T>(_ name: String, _ expected: String, _ read: (JSON) -> T?) throws -> T? {
    guard let json = object[name], !json.isNull else { return nil }
    guard let value = read(json) else { throw UnexpectedField(name: name, expected: expected) }
    return value
  }
}
