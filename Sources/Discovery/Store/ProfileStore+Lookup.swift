public import JournalEngine

extension ProfileStore {
  /// The profile of a session.
  ///
  /// - Throws: `DiscoveryError` `notFound` where no journal holds it, `conflict` where several do.
  ///
  /// Cost: as ``SessionIndex/journal(of:progress:)``.
  public func profile(of session: String) async throws -> JournalName {
    let profiles = self.profiles
    return try await reading.run { try profiles.profile(of: session) }
  }
}
