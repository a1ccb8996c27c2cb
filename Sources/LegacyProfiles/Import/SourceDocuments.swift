import Discovery
package import JournalEngine

/// The documents of one profile's files, read and understood.
package struct SourceDocuments: Sendable {
  struct ProfileFile: Sendable {
    let file: SurveyedFile
    let members: JSONObject
    let created: ReadTime
    let updated: ReadTime

    /// Whether it may be another program's file that names the profile.
    var isLessThanAProfile: Bool {
      if case .profile(_, .id, _) = file.document { true } else { false }
    }
  }

  struct SessionFile: Sendable {
    let file: SurveyedFile
    let session: OldSession
  }

  struct OpportunityFile: Sendable {
    let file: SurveyedFile
    let members: JSONObject
    let found: ReadTime
    var time: Timestamp? { found.time }
  }

  package let name: JournalName
  /// The folder that is imported, as the user named it.
  let source: String
  let zone: Zone
  private(set) var profile: ProfileFile?
  private(set) var sessions: [SessionFile] = []
  /// By the session that they name.
  private(set) var opportunities: [ExactName: [OpportunityFile]] = [:]
  private(set) var notes: [ImportNote] = []

  /// Reads the files of a profile.
  ///
  /// - Parameters:
  ///   - folder: that the survey was made of.
  ///   - now: nothing can have happened later.
  /// - Throws: ``SourceError`` where the folder itself cannot be read any more.
  ///
  /// Cost: reads and parses each file. Memory for all of them.
  package init(
    _ source: SourceSurvey.Source, in folder: String, zone: Zone, now: Timestamp
  ) throws(SourceError) {
    name = source.profile
    self.source = folder
    self.zone = zone
    let reader = try SourceFolder(folder)
    if let file = source.file, let members = members(of: file, reader) { take(file, members, now) }
    for file in source.sessions {
      guard case .session(let id, _, _) = file.document, let members = members(of: file, reader)
      else {
        continue
      }
      do throws(SourceError) {
        let session = try OldSession(id, of: source.profile, members, zone: zone, now: now)
        sessions.append(SessionFile(file: file, session: session))
      } catch {
        notes.append(ImportNote(.skipped, file.path, error.description))
      }
    }
    for file in source.opportunities {
      guard case .opportunity(_, let session?) = file.document,
        let members = members(of: file, reader)
      else { continue }
      opportunities[ExactName(session), default: []].append(
        OpportunityFile(
          file: file, members: members,
          found: ReadTime(
            "discovered_at", of: members, zone: zone, now: now,
            otherwise: "it stands as of the start of its session")))
    }
  }

  private mutating func take(_ file: SurveyedFile, _ members: JSONObject, _ now: Timestamp) {
    profile = ProfileFile(
      file: file, members: members,
      created: ReadTime(
        "created_at", of: members, zone: zone, now: now,
        otherwise: "the profile begins with its first session, or now"),
      updated: ReadTime(
        "updated_at", of: members, zone: zone, now: now, otherwise: "it is passed over"))
  }

  /// The file once more; nil, with a note, where it is not what it was a moment ago.
  private mutating func members(of file: SurveyedFile, _ reader: SourceFolder) -> JSONObject? {
    do throws(SourceError) {
      let bytes = try reader.read(file.path, limit: OldDocument.longestFile)
      guard Digest(of: bytes) == file.digest else {
        throw SourceError("it was changed while it was imported: import once more")
      }
      return try OldDocument.members(bytes)
    } catch {
      notes.append(ImportNote(.skipped, file.path, error.description))
      return nil
    }
  }
}
