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
      let earlier = Earlier(
        beside: try data.texts("beside"), imported: try data.object("imported"))
      let (session, tracks, params) = try (
        session(), data.texts("tracks"), data.object("params")
      )
      self =
        earlier == Earlier()
        ? .sessionStarted(session: session, tracks: tracks, params: params)
        : .earlierSessionStarted(session: session, tracks: tracks, params: params, earlier)
    case EventType.sessionFound:
      self = .sessionFound(
        session: try session(), track: try data.text("track") ?? "unknown",
        count: try data.count("count"), opportunities: try data.array("opportunities"))
    case EventType.sessionCompleted:
      self = .sessionCompleted(
        session: try session(),
        Results(
          opportunitiesFound: try data.counts("opportunities_found"),
          total: try data.count("total_opportunities"), notes: try data.text("notes"),
          imported: try data.object("imported")))
    case EventType.sessionFailed:
      let reason = try data.text("reason").flatMap(Failure.Reason.init(rawValue:)) ?? .error
      self = .sessionFailed(
        session: try session(),
        Failure(
          errors: try data.texts("errors"), reason: reason,
          supersededBy: try data.text("superseded_by"), imported: try data.object("imported")))
    case EventType.imported: self = .imported(recorded.data)
    default: return nil
    }
  }
}
