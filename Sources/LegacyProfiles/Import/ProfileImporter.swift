package import Discovery
package import JournalEngine

/// Records what the earlier programs' files hold in the journals. For any number of threads, a
/// profile each.
package struct ProfileImporter: Sendable {
  private let folder: String
  private let zone: Zone
  private let profiles: Profiles
  private let by: String?
  /// Sessions of the folder that other journals hold than those that they are for.
  private let elsewhere: [ExactName: JournalName]

  /// - Parameters:
  ///   - survey: what is imported.
  ///   - folder: that the survey was made of.
  ///   - zone: of times that name none.
  ///   - by: who imports; nil where nothing will be recorded.
  ///
  /// Cost: as `SessionIndex.elsewhere`.
  package init(
    _ survey: SourceSurvey, from folder: String, zone: Zone, into profiles: Profiles, by: String?
  ) {
    self.folder = folder
    self.zone = zone
    self.profiles = profiles
    self.by = by
    elsewhere = SessionIndex(root: profiles.root, system: profiles.system)
      .elsewhere(survey.places)
  }

  /// What became of one profile's files.
  package struct Result: Sendable {
    /// Whether its fields are new, or changed.
    package let hasProfile: Bool
    /// Sessions that began.
    package let sessions: [String]
    /// Those among them, and those from before, that have their end now.
    package let endings: Int
    package let opportunities: Int
    /// How many entries that makes in all.
    package let entries: Int
    package let notes: [ImportNote]
    /// Opportunities whose session is neither among the files nor in the journal.
    package let unplaced: [String]
    package fileprivate(set) var warnings: [SnapshotWarning] = []
    /// Why a snapshot that was due was not written; what was recorded stands.
    package fileprivate(set) var compactionFailure: JournalError?

    init(_ plan: ImportPlan) {
      hasProfile = plan.hasProfile
      sessions = plan.sessions
      endings = plan.endings
      opportunities = plan.opportunities
      entries = plan.events.count
      notes = plan.notes
      unplaced = plan.unplaced
    }
  }

  /// The most bytes that the files of one profile may have: what is recorded of them is one atomic
  /// group, which is in memory as a whole.
  package static let largest: Int64 = 256 << 20

  /// What would be recorded of a profile's files. Changes nothing.
  ///
  /// - Throws: ``SourceError`` where there is too much of them, or the folder cannot be read any
  ///   more; `JournalError`, `damaged` among them.
  package func plan(_ source: SourceSurvey.Source) throws -> Result {
    Result(try plan(documents(of: source), on: state(of: source.profile)))
  }

  /// Records a profile's files, all or none, and answers once that is durable. What was recorded
  /// before is not recorded again.
  ///
  /// - Throws: as ``plan(_:)``; `DiscoveryError` where the rules refuse; what appending throws.
  ///
  /// Cost: reads and parses the files; where something is new, reads the journal once more. Memory
  /// for all files of the profile, and for what is recorded of them.
  package func record(_ source: SourceSurvey.Source) throws -> Result {
    let documents = try documents(of: source)
    var plan = try plan(documents, on: state(of: source.profile))
    guard !plan.events.isEmpty else { return Result(plan) }
    let writer = try JournalWriter<Profile>(
      source.profile, in: profiles.root, system: profiles.system, options: profiles.options)
    try writer.decide(by: by, openedAt: plan.openedAt) { state in
      plan = try self.plan(documents, on: state)
      return plan.events
    }
    SessionIndex(root: profiles.root, system: profiles.system)
      .add(plan.sessions, in: source.profile)
    var result = Result(plan)
    // Closing makes a snapshot that was put off.
    try writer.close()
    result.warnings = writer.snapshotWarnings
    result.compactionFailure = writer.compactionFailure
    return result
  }

  private func documents(of source: SourceSurvey.Source) throws(SourceError) -> SourceDocuments {
    guard source.bytes <= Self.largest else {
      throw SourceError(
        "the files of \(source.profile) have \(source.bytes) bytes, and at most \(Self.largest) "
          + "are imported at once: import a folder with the older ones first", isTooLong: true)
    }
    return try SourceDocuments(source, in: folder, zone: zone, now: profiles.system.clock.now())
  }

  private func plan(_ documents: SourceDocuments, on state: Profile) throws -> ImportPlan {
    ImportPlan(documents, on: state, elsewhere: elsewhere, at: profiles.system.clock.now())
  }

  /// The state of a journal; that of none where there is none.
  private func state(of profile: JournalName) throws -> Profile {
    do {
      let replay = try profiles.reader(profile).state(Profile.self)
      if let damage = replay.damage { throw damage.error }
      return replay.state
    } catch let error as JournalError where error.code == .notFound {
      return Profile()
    }
  }
}
