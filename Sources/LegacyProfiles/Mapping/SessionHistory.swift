import Discovery
import JournalEngine

/// What is recorded of an old session: its start, what it found, and its end, in their order.
struct SessionHistory {
  typealias Step = (event: DiscoveryEvent, time: Timestamp)

  let session: OldSession
  private(set) var start: DiscoveryEvent.Earlier
  private(set) var found: [Step] = []
  private(set) var end: Step?
  /// What an export of it would say.
  private var document = JSONObject()
  private let next: String?
  /// Of its file, what does not follow from the events.
  private var kept = JSONObject()

  /// - Parameters:
  ///   - opportunities: those that name the session, in the order of their ``moment(_:_:)``, each with
  ///     its time, if it has one.
  ///   - next: the session that was started next after it ended.
  init(
    _ session: OldSession, opportunities: [(members: JSONObject, time: Timestamp?)] = [],
    next: String? = nil
  ) {
    self.session = session
    self.next = next
    start = DiscoveryEvent.Earlier()
    for (members, time) in opportunities {
      found.append(
        (Self.found(members, by: session.id, session.tracks), Self.moment(time, session)))
    }
    end = Self.end(of: session, next: next, imported: JSONObject())
    keepTheRest()
  }

  /// An opportunity that a session of some tracks found.
  static func found(
    _ members: JSONObject, by session: String, _ tracks: [String]
  ) -> DiscoveryEvent {
    .sessionFound(
      session: session, track: members["track"]?.string ?? tracks.first ?? "unknown", count: nil,
      opportunities: [.object(members)])
  }

  /// When something was found, which is while the session ran.
  static func moment(_ time: Timestamp?, _ session: OldSession) -> Timestamp {
    min(max(time ?? session.start, session.start), session.ending?.time ?? .latest)
  }

  /// The start, said to be beside others.
  func start(beside others: [String]) -> Step {
    var start = start
    start.beside = others
    let event: DiscoveryEvent =
      start == DiscoveryEvent.Earlier()
      ? .sessionStarted(session: session.id, tracks: session.tracks, params: JSONObject())
      : .earlierSessionStarted(
        session: session.id, tracks: session.tracks, params: JSONObject(), start)
    return (event, session.start)
  }

  /// The members that an export of a session would have otherwise, in the layout that is nearer.
  func differences(from session: Session) -> [String] {
    let differences = LegacyLayout.allCases.map { layout in
      let other = SessionDocument(session, of: self.session.profile, in: layout).members
      return document.names.filter { document[$0] != other[$0] }
        + other.names.filter { document[$0] == nil }
    }
    return differences.min { $0.count < $1.count } ?? []
  }

  /// What follows the start.
  var rest: [Step] { found + (end.map { [$0] } ?? []) }

  /// The end of a session that runs in a journal: with what its file says otherwise by now.
  func end(on state: Profile) -> Step? {
    guard let end else { return nil }
    var profile = state
    // Nothing is asked of it that depends on its number.
    try? profile.apply(end.event, from: Entry(number: .max, time: end.time))
    guard let known = (try? profile.session(session.id)) ?? nil else { return end }
    let made = SessionDocument(known, of: session.profile, in: .folders).members
    var imported = kept
    for (name, value) in session.members where made[name] != value { imported[name] = value }
    return Self.end(of: session, next: next, imported: imported)
  }

  private static func end(
    of session: OldSession, next: String?, imported: JSONObject
  ) -> Step? {
    guard let ending = session.ending else { return nil }
    switch ending.how {
    case .completed:
      let results = DiscoveryEvent.Results(
        opportunitiesFound: session.counts, total: session.total, notes: session.notes,
        imported: imported)
      return (.sessionCompleted(session: session.id, results), ending.time)
    case .failed:
      let failure = DiscoveryEvent.Failure(
        errors: session.errors, reason: session.wasAbandoned ? .abandoned : .error,
        supersededBy: session.wasAbandoned ? next : nil, imported: imported)
      return (.sessionFailed(session: session.id, failure), ending.time)
    }
  }

  /// Makes the old file of what the events give, and keeps each member that would not come out equal.
  private mutating func keepTheRest() {
    var profile = Profile.partial()
    for (place, step) in ([start(beside: [])] + rest).enumerated() {
      // These events contradict nothing; if one did, all members would be kept.
      try? profile.apply(step.event, from: Entry(number: Int64(place + 1), time: step.time))
    }
    let made = (try? profile.session(session.id)).flatMap { $0 }.map {
      SessionDocument($0, of: session.profile, in: .folders).members
    }
    document = made ?? JSONObject()
    for (name, value) in session.members {
      document[name] = value
      // A time is spelled otherwise by each layout: as it was written it comes back in any.
      let isTime = (name == "started_at" || name == "completed_at") && !value.isNull
      if isTime || made?[name] != value { kept[name] = value }
    }
    if end == nil {
      start.imported = kept
    } else {
      end = Self.end(of: session, next: next, imported: kept)
    }
  }
}

extension Entry {
  /// An entry that is nowhere, of which no more is asked than its number and its time.
  fileprivate init(number: Int64, time: Timestamp) {
    var fields = ScannedLine()
    fields.seq = number
    fields.time = time
    self.init(
      line: [], fields: fields, hash: .zero, place: LinePlace(segment: 1, offset: 0, length: 0))
  }
}
