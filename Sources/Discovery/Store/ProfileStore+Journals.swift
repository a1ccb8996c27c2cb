import JournalEngine

extension ProfileStore {
  var profiles: Profiles { Profiles(root: root, system: system, options: options) }

  func status(
    after command: ProfileCommand, on profile: JournalName, by: String?, id: String?
  ) async throws -> ProfileStatus {
    let now = system.clock.now()
    return try await perform(command, on: profile, by: by, id: id) { state, receipt in
      ProfileStatus(profile, state: state, head: receipt.head, now: now)
    }
  }

  func session(
    after command: ProfileCommand, on profile: JournalName, by: String?, id: String?
  ) async throws -> Session {
    try await perform(command, on: profile, by: by, id: id) { state, receipt in
      guard let id = receipt.subject, let session = state.session(id) else {
        throw DiscoveryError.noSession(receipt.subject ?? "")
      }
      return session
    }
  }

  func place(of session: String, _ profile: JournalName?) async throws -> JournalName {
    if let profile { return profile }
    let profiles = self.profiles
    return try await reading.run { try profiles.profile(of: session) }
  }

  func state(of profile: JournalName) async throws -> Profile {
    if let opening = open[profile] {
      do {
        let state = try await opening.value.refresh()
        if state.exists { return state }
      } catch {
        // A handle that died is not used again.
        forget(profile)
        throw error
      }
    }
    let profiles = self.profiles
    return try await reading.run {
      let replay = try profiles.replay(profile)
      if let damage = replay.damage { throw damage.error }
      return replay.state
    }
  }

  private func perform<R: Sendable>(
    _ command: ProfileCommand, on profile: JournalName, by: String?, id: String?,
    look: @escaping @Sendable (Profile, Receipt) throws -> R
  ) async throws -> R {
    let journal = try await journal(profile)
    do {
      let (result, started) = try await journal.decide(by: by, id: id) {
        try command.decide(on: $0)
      } look: { state, receipt in
        try command.check(receipt, id: id)
        let started =
          receipt.isRepeated || receipt.type != EventType.sessionStarted
          ? nil : receipt.subject
        return (try look(state, receipt), started)
      }
      if let started {
        let index = SessionIndex(root: root, system: system)
        await reading.run { index.add(started, in: profile) }
      }
      return result
    } catch let error as JournalError {
      // A handle that died is not used again; the next call opens the journal anew.
      forget(profile)
      throw error
    }
  }

  private func journal(_ profile: JournalName) async throws -> Journal<Profile> {
    recent.removeAll { $0 == profile }
    recent.append(profile)
    if let journal = open[profile] { return try await journal.value }
    let (root, system, options) = (root, system, options)
    let opening = Task {
      try await Journal<Profile>.open(profile, in: root, system: system, options: options)
    }
    open[profile] = opening
    if recent.count > limit { forget(recent[0]) }
    do {
      return try await opening.value
    } catch {
      forget(profile)
      throw error
    }
  }

  /// Whoever still waits for the journal keeps it; it closes when the last of them is done.
  private func forget(_ profile: JournalName) {
    open[profile] = nil
    recent.removeAll { $0 == profile }
  }
}
