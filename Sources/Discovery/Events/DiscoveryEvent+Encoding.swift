import JournalEngine

extension DiscoveryEvent {
  /// The event as an entry holds it.
  var recorded: RecordedEvent {
    switch self {
    case .profileCreated(let fields, let origin):
      var data: JSONObject = ["fields": .object(fields)]
      data.add(origin)
      return RecordedEvent(type: EventType.profileCreated, data: data)
    case .profileUpdated(let set, let unset, let origin):
      var data = JSONObject()
      if !set.isEmpty { data["set"] = .object(set) }
      if !unset.isEmpty { data["unset"] = .array(unset.map(JSON.string)) }
      data.add(origin)
      return RecordedEvent(type: EventType.profileUpdated, data: data)
    case .profileArchived(let reason): return Self.record(EventType.profileArchived, reason)
    case .profileRestored(let reason): return Self.record(EventType.profileRestored, reason)
    case .profileDeleted(let reason): return Self.record(EventType.profileDeleted, reason)
    case .sessionStarted(let session, let tracks, let params):
      var data: JSONObject = ["tracks": .array(tracks.map(JSON.string))]
      if !params.isEmpty { data["params"] = .object(params) }
      return RecordedEvent(type: EventType.sessionStarted, subject: session, data: data)
    case .earlierSessionStarted(let session, let tracks, let params, let earlier):
      var data: JSONObject = ["tracks": .array(tracks.map(JSON.string))]
      if !params.isEmpty { data["params"] = .object(params) }
      if !earlier.beside.isEmpty { data["beside"] = .array(earlier.beside.map(JSON.string)) }
      data.add(imported: earlier.imported)
      return RecordedEvent(type: EventType.sessionStarted, subject: session, data: data)
    case .sessionFound(let session, let track, let count, let opportunities):
      var data: JSONObject = ["track": .string(track)]
      data["count"] = count.map { .number(JSONNumber($0)) }
      data["opportunities"] = opportunities.map(JSON.array)
      return RecordedEvent(type: EventType.sessionFound, subject: session, data: data)
    case .sessionCompleted(let session, let results):
      var data = JSONObject()
      data["opportunities_found"] = results.opportunitiesFound.map { .object(JSONObject($0)) }
      data["total_opportunities"] = results.total.map { .number(JSONNumber($0)) }
      data["notes"] = results.notes.map(JSON.string)
      data.add(imported: results.imported)
      return RecordedEvent(type: EventType.sessionCompleted, subject: session, data: data)
    case .sessionFailed(let session, let failure):
      var data: JSONObject = ["errors": .array(failure.errors.map(JSON.string))]
      data["reason"] = .string(failure.reason.rawValue)
      data["superseded_by"] = failure.supersededBy.map(JSON.string)
      data.add(imported: failure.imported)
      return RecordedEvent(type: EventType.sessionFailed, subject: session, data: data)
    case .imported(let data):
      return RecordedEvent(type: EventType.imported, data: data)
    }
  }

  private static func record(_ type: String, _ reason: String?) -> RecordedEvent {
    var data = JSONObject()
    data["reason"] = reason.map(JSON.string)
    return RecordedEvent(type: type, data: data)
  }
}

extension JSONObject {
  fileprivate mutating func add(imported: JSONObject) {
    if !imported.isEmpty { self["imported"] = .object(imported) }
  }

  fileprivate mutating func add(_ origin: DiscoveryEvent.Origin) {
    self["source"] = origin.source.map(JSON.string)
    self["confidence"] = origin.confidence.map(JSON.number)
  }

  /// Counts by track, in their order.
  init(_ counts: [TrackCount]) {
    self.init(counts.map { ($0.track, JSON.number(JSONNumber($0.count))) })
  }
}
