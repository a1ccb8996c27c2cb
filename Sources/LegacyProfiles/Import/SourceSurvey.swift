import Discovery
package import JournalEngine

/// All that a folder holds of the earlier programs, by profile.
package struct SourceSurvey: Sendable {
  /// The files of one profile.
  package struct Source: Sendable {
    package let profile: JournalName
    /// Its own file; nil where only sessions are left of it.
    package internal(set) var file: SurveyedFile?
    package internal(set) var sessions: [SurveyedFile] = []
    package internal(set) var opportunities: [SurveyedFile] = []

    /// The bytes of all of them.
    package var bytes: Int64 {
      files.reduce(0) { $0 + Int64($1.bytes) }
    }

    /// How many there are.
    package var count: Int { files.count }

    private var files: [SurveyedFile] { (file.map { [$0] } ?? []) + sessions + opportunities }
  }

  /// In the order of their names.
  package private(set) var sources: [Source] = []
  package private(set) var notes: [ImportNote] = []
  /// Opportunities that name no session: files of their own they stay.
  package private(set) var unplaced: [String] = []

  /// Whether there is nothing of the earlier programs.
  package var isEmpty: Bool {
    sources.isEmpty && unplaced.isEmpty && !notes.contains { $0.kind == .skipped }
  }

  /// The sessions, each with the journal that it is for.
  var places: [ExactName: JournalName] {
    var places: [ExactName: JournalName] = [:]
    for source in sources {
      for file in source.sessions {
        guard case .session(let id, _, _) = file.document else { continue }
        places[ExactName(id)] = source.profile
      }
    }
    return places
  }

  private var byProfile: [JournalName: Source] = [:]
  /// Where each session was found first.
  private var sessions: [ExactName: (file: SurveyedFile, profile: JournalName)] = [:]
  private var waiting: [(SurveyedFile, profile: String?, session: String?)] = []

  /// Puts the parts of a survey together, in the order of the paths.
  package init(_ parts: some Sequence<SurveyPart>) {
    for part in parts {
      notes += part.notes
      for file in part.files { take(file, in: part.folder) }
    }
    for (file, profile, session) in waiting { place(file, profile, session) }
    waiting = []
    sources = byProfile.values.sorted { $0.profile < $1.profile }
    for source in sources {
      noteID(of: source)
      for file in source.sessions { noteOtherFolder(of: file, in: source.profile) }
    }
    byProfile = [:]
    sessions = [:]
  }

  private mutating func take(_ file: SurveyedFile, in folder: String) {
    switch file.document {
    case .profile(let id, let evidence, _):
      guard let profile = name(id, of: file) else { return }
      takeProfile(file, profile, evidence, in: folder)
    case .session(let id, let named, let lack):
      guard let text = named ?? file.place.folder(above: "sessions") else {
        notes.append(ImportNote(.skipped, file.path, "it does not say of which profile it is"))
        return
      }
      guard !id.isEmpty else {
        notes.append(ImportNote(.skipped, file.path, "its session_id is empty"))
        return
      }
      guard let profile = name(text, of: file) else { return }
      // It leaves the id to one that can be imported.
      if let lack {
        notes.append(ImportNote(.skipped, file.path, lack))
        return
      }
      if let (first, _) = sessions[ExactName(id)] {
        let isSame = first.isSame(as: file, in: folder)
        notes.append(
          ImportNote(
            isSame ? .ignored : .skipped, file.path,
            "\(id) is in \(first.path) too, \(isSame ? "with the same content" : "and differs there")"
          ))
        return
      }
      sessions[ExactName(id)] = (file, profile)
      byProfile[profile, default: Source(profile: profile)].sessions.append(file)
    case .opportunity(let profile, let session):
      waiting.append((file, profile ?? file.place.folder(above: "opportunities"), session))
    case .unusable, .unknown: break
    }
  }

  /// Of several files of one profile, the one counts for which most speaks, and of equal ones the first.
  private mutating func takeProfile(
    _ file: SurveyedFile, _ profile: JournalName, _ evidence: OldDocument.Evidence,
    in folder: String
  ) {
    guard let first = byProfile[profile]?.file,
      case .profile(_, let firstEvidence, _) = first.document
    else {
      byProfile[profile, default: Source(profile: profile)].file = file
      return
    }
    let isFirst = firstEvidence >= evidence
    let (taken, other) = isFirst ? (first, file) : (file, first)
    byProfile[profile]?.file = taken
    if first.isSame(as: file, in: folder) {
      notes.append(
        ImportNote(
          .ignored, other.path, "\(profile) is in \(taken.path) too, with the same content"))
    } else if min(evidence, firstEvidence) == .id, evidence != firstEvidence {
      notes.append(
        ImportNote(
          .ignored, other.path, "it names the profile \(profile), whose own file is \(taken.path)"))
    } else {
      notes.append(
        ImportNote(.skipped, other.path, "\(profile) is in \(taken.path) too, and differs there"))
    }
  }

  /// Tells of profiles whose files do not say their id, or are called otherwise.
  private mutating func noteID(of source: Source) {
    guard let file = source.file else { return }
    if case .profile(_, _, let remark?) = file.document {
      notes.append(ImportNote(.changed, file.path, remark))
    }
    let id = source.profile.text
    guard file.place.stem != id, file.place.parent != id else { return }
    notes.append(
      ImportNote(.changed, file.path, "it says that it is \(id): that is what it is imported as"))
  }

  /// Tells of a session in the folder of another profile than the one that it names.
  private mutating func noteOtherFolder(of file: SurveyedFile, in profile: JournalName) {
    guard let folder = file.place.folder(above: "sessions"), folder != profile.text,
      let other = try? JournalName(folder), byProfile[other] != nil
    else { return }
    notes.append(
      ImportNote(
        .changed, file.path,
        "it stands in the folder of \(other) and says that it is of \(profile): it is imported so"))
  }

  /// Puts an opportunity where its session is; if that is not among the files, it may be in the
  /// profile's journal.
  private mutating func place(_ file: SurveyedFile, _ named: String?, _ session: String?) {
    let known = session.flatMap { sessions[ExactName($0)]?.profile }
    let own = session == nil ? nil : named.flatMap { try? JournalName($0) }
    if let session, let known, let named, named != known.text {
      notes.append(
        ImportNote(
          .changed, file.path,
          "it says that it is of \(named), and \(session), which found it, is of \(known): it is "
            + "imported so"))
    }
    if let profile = known ?? own {
      byProfile[profile, default: Source(profile: profile)].opportunities.append(file)
    } else {
      unplaced.append(file.path)
    }
  }

  private mutating func name(_ id: String, of file: SurveyedFile) -> JournalName? {
    do throws(JournalError) {
      return try JournalName(id)
    } catch {
      notes.append(ImportNote(.skipped, file.path, error.message))
      return nil
    }
  }
}
