import JournalEngine

extension ProfileStore {
  var profiles: Profiles { Profiles(root: root, system: system, options: options) }

  func status(
    after command: ProfileCommand, on profile: JournalName, by: String?, id: String?
  ) async throws -> ProfileStatus {
    let now = system.clock.now()
    return try await perform(command, on: profile, by: by, id: id) { state, receipt in
      try ProfileStatus(profile, state: state, head: receipt.head, now: now)
    }
  }

  func session(
    after command: ProfileCommand, on profile: JournalName, by: String?, id: String?
  ) async throws -> Session {
    try await perform(command, on: profile, by: by, id: id) { state, receipt in
      guard let id = receipt.subject, let session = try state.session(id) else {
        throw DiscoveryError.noSession(receipt.subject ?? "")
      }
      return session
    }
  }

  /// Does something with a session where it is: in the profile that is given, or else where it
  /// probably is. Only where it is not there it is looked for in the journals' files.
  ///
  /// - Parameter body: throws `notFound`, and has changed nothing then, where the profile does not hold
  ///   the session.
  func inPlace<R: Sendable>(
    of session: String, _ profile: JournalName?, _ body: (JournalName) async throws -> R
  ) async throws -> R {
    if let profile { return try await body(profile) }
    guard let likely = await likelyPlace(of: session) else {
      return try await body(try await self.profile(of: session))
    }
    do {
      return try await body(likely)
    } catch let error as DiscoveryError where error.code == .notFound {
      return try await body(try await self.profile(of: session))
    } catch let error as JournalError where error.mayBeOfAnotherJournal {
      // A hint may name a journal that has nothing to do with it, and cannot be read.
      guard let place = try? await self.profile(of: session), place != likely else { throw error }
      return try await body(place)
    }
  }

  /// The profile in which this store started a session, or the only one that a hint names.
  private func likelyPlace(of session: String) async -> JournalName? {
    if let known = started[session] { return known }
    let profiles = self.profiles
    return await reading.run {
      let places = SessionIndex(root: profiles.root, system: profiles.system).hints(of: session)
      return places.count == 1 ? places.first : nil
    }
  }

  func state(of profile: JournalName) async throws -> Profile {
    if let known = await stateOfHandle(profile) { return known.state }
    let profiles = self.profiles
    return try await reading.run {
      let replay = try profiles.state(of: profile)
      if let damage = replay.damage { throw damage.error }
      return replay.state
    }
  }

  /// The state by a handle that is open; nil where the files are to be asked: there is none, it
  /// died, or it was opened for a command that was refused and made no profile.
  func stateOfHandle(_ profile: JournalName) async -> (state: Profile, head: Head)? {
    guard let opening = open[profile] else { return nil }
    do {
      let known = try await opening.value.refreshed()
      return known.state.exists ? known : nil
    } catch {
      forget(profile, opening)
      return nil
    }
  }

  private func perform<R: Sendable>(
    _ command: ProfileCommand, on profile: JournalName, by: String?, id: String?,
    look: @escaping @Sendable (Profile, Receipt) throws -> R
  ) async throws -> R {
    let opening = handle(profile)
    let journal: Journal<Profile>
    do {
      journal = try await opening.value
    } catch {
      forget(profile, opening)
      throw error
    }
    do {
      let hints = self.hints
      return try await journal.decide(by: by, id: id) {
        try command.decide(on: $0)
      } look: { state, receipt in
        try command.check(receipt, id: id)
        return try look(state, receipt)
      } meanwhile: { receipt in
        if let started = receipt.startedSession { hints.add(started, in: profile) }
      }
    } catch let error as JournalError where error.mayEndHandle {
      // A handle that died is not used again; the next call opens the journal anew.
      forget(profile, opening)
      throw error
    }
  }

  /// The journal, opened if it is not.
  private func handle(_ profile: JournalName) -> Task<Journal<Profile>, any Error> {
    if recent.last != profile {
      recent.removeAll { $0 == profile }
      recent.append(profile)
    }
    if let opening = open[profile] { return opening }
    let (root, system, options) = (root, system, options)
    let opening = Task {
      try await Journal<Profile>.open(profile, in: root, system: system, options: options)
    }
    open[profile] = opening
    if recent.count > limit, let oldest = recent.first, let idle = open[oldest] {
      forget(oldest, idle)
    }
    return opening
  }

  /// Whoever still waits for the journal keeps it; it closes when the last of them is done.
  private func forget(_ profile: JournalName, _ opening: Task<Journal<Profile>, any Error>) {
    // Another call may have opened it anew.
    guard open[profile] == opening else { return }
    open[profile] = nil
    recent.removeAll { $0 == profile }
    started.forget(profile)
  }
}

extension JournalError {
  /// Whether it says nothing of the session: the journal is not there or cannot be read, and nothing
  /// was recorded.
  fileprivate var mayBeOfAnotherJournal: Bool {
    switch code {
    case .notFound, .notAFolder, .damaged, .undecodable, .newerFormat, .io: true
    default: false
    }
  }

  /// Whether the handle that threw it may be dead: unless it was an event that makes no line, a full
  /// disk or a lost race, which leave it as it was.
  fileprivate var mayEndHandle: Bool {
    switch code {
    case .invalidEvent, .diskFull, .gaveUp: false
    default: true
    }
  }
}
