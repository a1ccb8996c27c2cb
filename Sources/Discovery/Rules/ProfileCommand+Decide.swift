import JournalEngine

extension ProfileCommand {
  /// What is recorded when the command meets a state: pure, and the only place where rules stand.
  ///
  /// - Throws: ``DiscoveryError``: `notFound`, `conflict`, `invalid`; `JournalError` where a session that
  ///   finished long ago is asked for and cannot be read.
  public func decide(on profile: Profile) throws -> [DiscoveryEvent] {
    try check()
    switch self {
    case .create(let fields, let origin):
      guard !profile.isDeclared else {
        throw DiscoveryError(
          .conflict, "the profile exists already and is \(profile.status.rawValue)",
          hint: profile.status == .active
            ? "change its fields with `profile set`" : "bring it back with `profile restore`")
      }
      try profile.requireNotDeleted()
      return [.profileCreated(fields: fields, origin: origin)]
    case .update(let set, let unset, let origin):
      try profile.requireExisting()
      try profile.requireNotDeleted()
      for name in unset where profile.fields[name] == nil {
        throw DiscoveryError(
          .notFound, "the profile has no field \(name)", hint: "`daybook status` lists its fields")
      }
      return [.profileUpdated(set: set, unset: unset, origin: origin)]
    case .archive(let reason):
      try profile.requireExisting()
      try profile.require(.active, to: "be archived")
      try profile.requireIdle(to: "be archived")
      return [.profileArchived(reason: reason)]
    case .restore(let reason):
      try profile.requireExisting()
      guard profile.status != .active else {
        throw DiscoveryError(
          .conflict, "the profile is active", hint: "there is nothing to restore")
      }
      return [.profileRestored(reason: reason)]
    case .delete(let reason):
      try profile.requireExisting()
      try profile.requireNotDeleted()
      try profile.requireIdle(to: "be deleted")
      return [.profileDeleted(reason: reason)]
    case .start(let session, let tracks, let params):
      if profile.exists { try profile.require(.active, to: "start a session") }
      guard try profile.session(session) == nil else {
        throw DiscoveryError(
          .conflict, "\(session) was started before", hint: "start it under another id")
      }
      let started = DiscoveryEvent.sessionStarted(
        session: session, tracks: tracks, params: params)
      let abandoned = DiscoveryEvent.Failure(reason: .abandoned, supersededBy: session)
      return profile.running.map { .sessionFailed(session: $0, abandoned) } + [started]
    case .found(let session, let track, let count, let opportunities):
      try profile.requireRunning(session, to: "find anything more")
      return [
        .sessionFound(session: session, track: track, count: count, opportunities: opportunities)
      ]
    case .complete(let session, let results):
      try profile.requireRunning(session, to: "be completed")
      return [.sessionCompleted(session: session, results)]
    case .fail(let session, let errors):
      try profile.requireRunning(session, to: "fail")
      return [.sessionFailed(session: session, DiscoveryEvent.Failure(errors: errors))]
    }
  }

  /// The type of the entry that ends what the command records.
  var eventType: String {
    switch self {
    case .create: EventType.profileCreated
    case .update: EventType.profileUpdated
    case .archive: EventType.profileArchived
    case .restore: EventType.profileRestored
    case .delete: EventType.profileDeleted
    case .start: EventType.sessionStarted
    case .found: EventType.sessionFound
    case .complete: EventType.sessionCompleted
    case .fail: EventType.sessionFailed
    }
  }

  /// The session that the command names and that must be there; nil where it names none.
  var session: String? {
    switch self {
    case .found(let session, _, _, _), .complete(let session, _), .fail(let session, _): session
    default: nil
    }
  }

  /// What is wrong whatever the state.
  private func check() throws(DiscoveryError) {
    switch self {
    case .create(_, let origin): try Self.check(origin)
    case .update(let set, let unset, let origin):
      try Self.check(origin)
      guard !set.isEmpty || !unset.isEmpty else {
        throw DiscoveryError(.invalid, "nothing is to be changed", hint: "name a field and a value")
      }
      for name in unset where set[name] != nil {
        throw DiscoveryError(
          .invalid, "the field \(name) is to be set and unset at once", hint: "choose one")
      }
    case .found(_, let track, let count, let opportunities):
      try Self.check(count, of: "found")
      try Self.check(track: track)
      guard count != nil || opportunities != nil else {
        throw DiscoveryError(
          .invalid, "neither a count nor opportunities are given", hint: "give one of them")
      }
    case .complete(_, let results):
      try Self.check(results.total, of: "in total")
      var tracks: Set<ExactName> = []
      for found in results.opportunitiesFound ?? [] {
        try Self.check(track: found.track)
        try Self.check(found.count, of: "found on \(found.track)")
        guard tracks.insert(ExactName(found.track)).inserted else {
          throw DiscoveryError(
            .invalid, "the track \(found.track) is counted twice", hint: "give its sum once")
        }
      }
    case .fail(_, let errors):
      guard !errors.isEmpty else {
        throw DiscoveryError(.invalid, "no error is given", hint: "say what went wrong")
      }
    case .start(let session, let tracks, _):
      guard !session.isEmpty else {
        throw DiscoveryError(.invalid, "the session has no id", hint: "see SessionID.make")
      }
      for track in tracks { try Self.check(track: track) }
    case .archive, .restore, .delete: break
    }
  }

  private static func check(track: String) throws(DiscoveryError) {
    guard track.isEmpty else { return }
    throw DiscoveryError(.invalid, "the track has no name", hint: "name it: government")
  }

  private static func check(_ count: Int64?, of what: String) throws(DiscoveryError) {
    guard let count, count < 0 else { return }
    throw DiscoveryError(
      .invalid, "\(count) opportunities \(what) cannot be", hint: "a count is zero or more")
  }

  private static func check(_ origin: DiscoveryEvent.Origin) throws(DiscoveryError) {
    guard let confidence = origin.confidence, !(0...1).contains(confidence.double) else { return }
    throw DiscoveryError(
      .invalid, "the confidence \(confidence.text) is not from 0 to 1", hint: "0.8 is an example")
  }
}

extension Profile {
  fileprivate func requireExisting() throws(DiscoveryError) {
    guard !exists else { return }
    throw DiscoveryError(
      .notFound, "there is no such profile", hint: "`daybook status` lists the profiles")
  }

  fileprivate func requireNotDeleted() throws(DiscoveryError) {
    guard status == .deleted else { return }
    throw DiscoveryError(
      .conflict, "the profile is deleted", hint: "bring it back with `profile restore`")
  }

  fileprivate func require(_ wanted: Status, to action: String) throws(DiscoveryError) {
    guard status != wanted else { return }
    throw DiscoveryError(
      .conflict, "the profile is \(status.rawValue) and cannot \(action)",
      hint: "bring it back with `profile restore`")
  }

  fileprivate func requireIdle(to action: String) throws(DiscoveryError) {
    guard let running = currentSession else { return }
    throw DiscoveryError(
      .conflict, "\(running) is in progress, so the profile cannot \(action)",
      hint: "complete or fail that session first")
  }

  fileprivate func requireRunning(_ id: String, to action: String) throws {
    guard let session = try session(id) else { throw DiscoveryError.noSession(id) }
    guard session.status == .inProgress else {
      let reason = session.reason == .abandoned ? " (abandoned)" : ""
      throw DiscoveryError(
        .conflict, "\(id) is \(session.status.rawValue)\(reason) and cannot \(action)",
        hint: "a session ends once; start a new one")
    }
  }
}

extension DiscoveryError {
  static func noSession(_ id: String) -> DiscoveryError {
    DiscoveryError(
      .notFound, "there is no session \(id)", hint: "`daybook sessions PROFILE` lists a profile's")
  }
}
