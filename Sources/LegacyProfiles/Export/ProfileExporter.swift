package import Discovery
package import JournalEngine

/// Writes profiles and their sessions as the files of an earlier program. For any number of
/// threads, a profile each.
package struct ProfileExporter: Sendable {
  private let folder: String
  private let layout: LegacyLayout
  private let profiles: Profiles
  private let isStopped: @Sendable () -> Bool

  /// - Parameters:
  ///   - folder: where the files go; made where it is missing.
  ///   - isStopped: whether no further file is to be written.
  package init(
    to folder: String, in layout: LegacyLayout, from profiles: Profiles,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.folder = folder
    self.layout = layout
    self.profiles = profiles
    self.isStopped = isStopped
  }

  /// The export was stopped between two files.
  package struct Stopped: Error {}

  /// What became of a profile's files.
  package struct Result: Sendable {
    /// How many were written now.
    package fileprivate(set) var written = 0
    /// How many held the same already.
    package fileprivate(set) var same = 0
    /// How many opportunities have another form than the files of the layout, and have none.
    package fileprivate(set) var otherOpportunities = 0
    /// Those that were not written.
    package fileprivate(set) var failures: [ExportError] = []
    /// What is wrong with the journal; what is beyond doubt was exported.
    package fileprivate(set) var damage: Damage?
    package fileprivate(set) var warnings: [SnapshotWarning] = []

    fileprivate mutating func take(_ write: () throws(ExportError) -> Bool) {
      do throws(ExportError) {
        if try write() { written += 1 } else { same += 1 }
      } catch {
        failures.append(error)
      }
    }
  }

  /// Writes one profile, the sessions first, then the opportunities that they found, as of a point of
  /// its history.
  ///
  /// - Parameter progress: is told how many bytes of the journal were read so far.
  /// - Throws: as `Profiles.state`; ``ExportError`` where a folder cannot be had, `isOfAll` where
  ///   no profile's can; ``Stopped``. A file that cannot be written is in the result, and the others
  ///   are.
  ///
  /// Cost: reads the state and the entries of every session, then all entries once more, and once more
  /// where there are opportunities; one sync a file. Memory for the state, a few thousand sessions, and
  /// the names of the opportunities.
  package func export(
    _ profile: JournalName, at point: Point = .head,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> Result {
    let replay = try profiles.state(of: profile, at: point, progress: progress)
    var result = Result()
    result.damage = replay.damage
    result.warnings = replay.warnings
    try writeSessions(of: replay.state, profile, into: &result)
    let reader = profiles.reader(profile)
    let survey = try JournalSurvey(reader, upTo: replay.head.seq, replay.state, in: layout)
    result.otherOpportunities = survey.others
    try writeOpportunities(of: survey, reader, into: &result)
    if isStopped() { throw Stopped() }
    if ProfileDocument.isNeeded(replay.state) {
      let status = try ProfileStatus(
        profile, state: replay.state, head: replay.head, now: profiles.moment(of: point, replay))
      let changes = replay.state.imports.isEmpty ? .everything : survey.changes
      try writeProfile(ProfileDocument(status, changes: changes, in: layout), profile, &result)
    }
    return result
  }

  private func writeSessions(
    of state: Profile, _ profile: JournalName, into result: inout Result
  ) throws {
    guard state.sessionCount > 0 else { return }
    let sessions = try folder("sessions", of: profile)
    try state.forEachSession { session in
      if isStopped() { throw Stopped() }
      let document = SessionDocument(session, of: profile, in: layout)
      result.take { () throws(ExportError) in
        try sessions.write(document.members, as: document.name)
      }
    }
    try sessions.syncNames()
  }

  private func writeProfile(
    _ document: ProfileDocument, _ profile: JournalName, _ result: inout Result
  ) throws {
    let (name, file) =
      switch layout {
      case .flat: ("profiles", "\(profile).json")
      case .folders: (profile.text, "profile.json")
      }
    let folder = try topFolder(name)
    result.take { () throws(ExportError) in try folder.write(document.members, as: file) }
    try folder.syncNames()
  }

  private func writeOpportunities(
    of survey: JournalSurvey, _ reader: JournalReader, into result: inout Result
  ) throws {
    var opportunities: DocumentFolder?
    try survey.forEachOpportunity(reader) { document in
      if isStopped() { throw Stopped() }
      let folder =
        try opportunities ?? folder(OpportunityDocument.folder(in: layout), of: reader.name)
      opportunities = folder
      result.take { () throws(ExportError) in
        try folder.write(document.members, as: document.name)
      }
    }
    try opportunities?.syncNames()
  }

  /// A folder of a profile's documents, which in the flat layout it shares with all others.
  private func folder(
    _ name: String, of profile: JournalName
  ) throws(ExportError) -> DocumentFolder {
    guard layout == .folders else { return try topFolder(name) }
    // Seen to be no link before what is in it is opened.
    _ = try topFolder(profile.text)
    return try DocumentFolder(
      name, in: folder + "/" + profile.text, system: profiles.system)
  }

  /// A folder in the one that is exported to. What is wrong with that one, or with what profiles
  /// share in it, is an error of all of them.
  private func topFolder(_ name: String) throws(ExportError) -> DocumentFolder {
    do throws(ExportError) {
      return try DocumentFolder(name, in: folder, system: profiles.system)
    } catch {
      let isOfAll = layout == .flat || error.file == folder || isMissing(name)
      throw isOfAll ? error.ofAll() : error
    }
  }

  /// Whether a folder is not there, so that what failed was to make it.
  private func isMissing(_ name: String) -> Bool {
    do throws(JournalError) {
      return try profiles.system.fileSystem.journalFolder(name, in: folder) == nil
    } catch {
      return false
    }
  }
}
