package import Discovery
package import JournalEngine

/// What is to be recorded of a profile's old files, on the state that its journal has.
package struct ImportPlan: Sendable {
  /// The events with their times, in their order; none where nothing is new.
  package private(set) var events: [(event: DiscoveryEvent, time: Timestamp)] = []
  package private(set) var notes: [ImportNote] = []
  /// Opportunities whose session is neither among the files nor in the journal.
  package private(set) var unplaced: [String] = []
  /// Sessions that begin.
  package private(set) var sessions: [String] = []
  /// How many go on to their end.
  package private(set) var endings = 0
  package private(set) var opportunities = 0
  /// Whether the profile's fields are new, or changed.
  package private(set) var hasProfile = false

  /// When a journal that this begins was opened.
  package var openedAt: Timestamp? { events.first?.time }

  private let documents: SourceDocuments
  private let elsewhere: [ExactName: JournalName]
  private let state: Profile
  /// Nothing can be recorded before it.
  private let last: Timestamp
  /// Whether the profile is deleted and stays so: nothing is added to it.
  private var isDeleted = false
  /// The files that what is recorded comes from.
  private var files: [SurveyedFile] = []

  /// - Parameter elsewhere: sessions that other journals hold.
  package init(
    _ documents: SourceDocuments, on state: Profile, elsewhere: [ExactName: JournalName] = [:],
    at now: Timestamp
  ) {
    self.documents = documents
    self.elsewhere = elsewhere
    self.state = state
    last = state.updatedAt ?? .earliest
    notes = documents.notes
    let known = Self.known(by: state)
    let file = newProfile(known)
    isDeleted = state.status == .deleted && !(file.map(restores) ?? false)
    let timeline = timeline(known)
    let status = file.flatMap { newStatus(of: $0, isRunning: !timeline.running.isEmpty) }
    events =
      file.map { fields(of: $0, status, first: timeline.steps.first?.time, now) } ?? []
    events += timeline.steps
    if let file, case .taken(let status) = status { add(status, file) }
    guard !events.isEmpty else { return }
    for data in record { events.append((.imported(data), now)) }
  }

  /// The files that were imported before, by their SHA-256.
  private static func known(by state: Profile) -> Set<Digest> {
    var known: Set<Digest> = []
    for files in state.imports.compactMap({ $0["files"]?.array }) {
      for file in files {
        if let digest = file["sha256"]?.string.flatMap({ Digest(hex: $0) }) { known.insert(digest) }
      }
    }
    return known
  }

  private mutating func skip(_ file: SurveyedFile, _ message: String) {
    notes.append(ImportNote(.skipped, file.path, message))
  }

  private mutating func change(_ file: SurveyedFile, _ remarks: [String]) {
    for remark in remarks { notes.append(ImportNote(.changed, file.path, remark)) }
  }

  // MARK: Sessions

  private mutating func timeline(_ known: Set<Digest>) -> Timeline {
    let sorted = documents.sessions.map(\.session).sorted { $0.start < $1.start }
    var begun: [SessionHistory] = []
    var going: [(String, [SessionHistory.Step])] = []
    for file in documents.sessions {
      let session = file.session
      let isKnown = known.contains(file.file.digest)
      // In the order in which they are recorded.
      let found = (documents.opportunities[ExactName(session.id)] ?? [])
        .filter { !known.contains($0.file.digest) }
        .sorted {
          SessionHistory.moment($0.time, session) < SessionHistory.moment($1.time, session)
        }
      if isKnown, found.isEmpty { continue }
      let next = session.wasAbandoned ? Self.next(after: session, in: sorted) : nil
      let history = SessionHistory(
        session, opportunities: found.map { ($0.members, $0.time) }, next: next)
      guard let status = status(of: session, file.file) else { continue }
      switch status {
      case .new:
        guard begin(history, file.file) else {
          for file in found { skip(file.file, "\(session.id), which found it, is not added") }
          continue
        }
        begun.append(history)
        files.append(file.file)
        files += found.map(\.file)
        for file in found { change(file.file, file.found.remarks) }
        opportunities += found.count
      case .there(let known):
        let steps = goOn(history, file.file, found, known, isKnown: isKnown)
        if !steps.isEmpty { going.append((session.id, steps)) }
      }
    }
    going += strays(known)
    return Timeline(begun, endings: going, running: state.running)
  }

  private enum Status {
    case new
    case there(Session)
  }

  private mutating func status(of session: OldSession, _ file: SurveyedFile) -> Status? {
    do {
      return try state.session(session.id).map(Status.there) ?? .new
    } catch {
      skip(file, "\(session.id) cannot be looked up: \(error)")
      return nil
    }
  }

  /// Whether a session can begin now.
  private mutating func begin(_ history: SessionHistory, _ file: SurveyedFile) -> Bool {
    let session = history.session
    if let other = elsewhere[ExactName(session.id)] {
      skip(file, "\(session.id) is in the journal \(other) already, and is not added to another")
      return false
    }
    guard !isDeleted else {
      skip(file, "\(documents.name) is deleted in the journal: \(session.id) is not added to it")
      return false
    }
    guard session.start >= last else {
      skip(
        file,
        "\(session.id) began at \(session.start), before the journal's last entry (\(last)): it "
          + "cannot be added any more")
      return false
    }
    change(file, session.remarks)
    sessions.append(session.id)
    return true
  }

  /// What can be added to a session that the journal has already.
  private mutating func goOn(
    _ history: SessionHistory, _ file: SurveyedFile,
    _ found: [SourceDocuments.OpportunityFile], _ known: Session, isKnown: Bool
  ) -> [SessionHistory.Step] {
    let id = history.session.id
    let status = known.status
    // The same in another spelling says nothing new.
    let changed = isKnown ? [] : history.differences(from: known)
    guard status == .inProgress else {
      if !changed.isEmpty {
        skip(
          file,
          "\(id) is \(status.rawValue) in the journal, and the file is another than the one that "
            + "was imported")
      }
      refuse(found, known)
      return []
    }
    let steps = add(found, history.found)
    guard !isKnown else { return steps }
    guard let end = history.end(on: state) else {
      if !changed.isEmpty {
        skip(
          file,
          "\(id) is in progress in the journal, and is not changed before it ends: the file has "
            + "other members now (\(changed.joined(separator: ", ")))")
      }
      return steps
    }
    guard end.time >= last else {
      skip(
        file,
        "\(id) ended at \(end.time), before the journal's last entry (\(last)): its end cannot be "
          + "added any more")
      return steps
    }
    files.append(file)
    endings += 1
    return steps + [end]
  }

  /// What can be added to sessions that are in the journal, and whose files are not here any more.
  private mutating func strays(_ known: Set<Digest>) -> [(String, [SessionHistory.Step])] {
    let here = Set(documents.sessions.map { ExactName($0.session.id) })
    var going: [(String, [SessionHistory.Step])] = []
    for (id, all) in documents.opportunities.sorted(by: { $0.key.text < $1.key.text })
    where !here.contains(id) {
      let files = all.filter { !known.contains($0.file.digest) }
      do {
        guard let session = try state.session(id.text) else {
          unplaced += files.map(\.file.path)
          continue
        }
        guard session.status == .inProgress else {
          refuse(files, session)
          continue
        }
        let found = files.map { file in
          (file, max(file.time ?? session.startedAt, session.startedAt))
        }.sorted { $0.1 < $1.1 }
        let steps = add(
          found.map(\.0),
          found.map { file, time in
            (SessionHistory.found(file.members, by: session.id, session.tracks), time)
          })
        if !steps.isEmpty { going.append((id.text, steps)) }
      } catch {
        for file in files { skip(file.file, "\(id.text) cannot be looked up: \(error)") }
      }
    }
    return going
  }

  private mutating func refuse(_ found: [SourceDocuments.OpportunityFile], _ session: Session) {
    for file in found {
      skip(file.file, "\(session.id) is \(session.status.rawValue): nothing is added to it")
    }
  }

  /// The opportunities that a running session can still find, of those in the order of their times.
  private mutating func add(
    _ found: [SourceDocuments.OpportunityFile], _ steps: [SessionHistory.Step]
  ) -> [SessionHistory.Step] {
    var added: [SessionHistory.Step] = []
    for (step, opportunity) in zip(steps, found) {
      let file = opportunity.file
      guard step.time >= last else {
        skip(file, "it was found before the journal's last entry (\(last)): it cannot be added")
        continue
      }
      added.append(step)
      files.append(file)
      change(file, opportunity.found.remarks)
      opportunities += 1
    }
    return added
  }

  /// The session that was started next after one had been given up.
  private static func next(after session: OldSession, in sorted: [OldSession]) -> String? {
    guard let end = session.ending?.time else { return nil }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].start < end { low = middle + 1 } else { high = middle }
    }
    return sorted[low...].first { !$0.id.isExactly(session.id) }?.id
  }

  // MARK: The profile

  /// Where values of a profile's file come from.
  private static let origin = DiscoveryEvent.Origin(source: "import")

  /// The profile's file, where it has something to say that was not imported before.
  private mutating func newProfile(_ known: Set<Digest>) -> SourceDocuments.ProfileFile? {
    guard let file = documents.profile, !known.contains(file.file.digest) else { return nil }
    guard !file.isLessThanAProfile || !hasName else {
      notes.append(
        ImportNote(
          .ignored, file.file.path,
          "it names the profile \(documents.name), which is in the journal, and is not its own file"
        ))
      return nil
    }
    return file
  }

  private mutating func fields(
    of file: SourceDocuments.ProfileFile, _ status: NewStatus?, first: Timestamp?, _ now: Timestamp
  ) -> [(event: DiscoveryEvent, time: Timestamp)] {
    var members = file.members
    var refusals: [String] = []
    if case .refused(let why) = status {
      // The old value stands, so that the next import sees that there is something to do.
      members["status"] = state.fields["status"]
      refusals.append(why)
    }
    guard state.isDeclared else {
      refuse(refusals, of: file, butNot: members.names)
      take(file, status)
      change(file.file, file.created.remarks)
      let created = file.created.time ?? first ?? now
      // It stands before its sessions, whatever it says.
      let time = max(last, min(created, first ?? created))
      return [(.profileCreated(fields: members, origin: Self.origin), time)]
    }
    var changes = JSONObject()
    for (name, value) in members where state.fields[name] != value {
      if isImported(name) {
        changes[name] = value
      } else {
        refusals.append("the field \(name) was changed in the journal since: it stays so")
      }
    }
    // What was set here is not the old store's to take away.
    let gone = state.fields.names.filter { name in
      members[name] == nil && state.provenance[name]?.source == Self.origin.source
    }
    refuse(refusals, of: file, butNot: isDeleted ? [] : changes.names + gone)
    guard !changes.isEmpty || !gone.isEmpty else { return [] }
    guard !isDeleted else {
      skip(
        file.file,
        "\(documents.name) is deleted in the journal, and its fields stay: bring it back with "
          + "`profile restore`, and import once more")
      return []
    }
    take(file, status)
    let time = max(last, min(file.updated.time ?? now, first ?? now))
    return [(.profileUpdated(set: changes, unset: gone, origin: Self.origin), time)]
  }

  /// Something of the file is recorded. It counts as imported only if nothing waits for its time.
  private mutating func take(_ file: SourceDocuments.ProfileFile, _ status: NewStatus?) {
    hasProfile = true
    change(file.file, file.updated.remarks)
    if let other = file.members["status"], !other.isNull, Self.status(of: file) == nil,
      state.fields["status"] != other
    {
      let text = other.string ?? other.shown
      change(file.file, ["its status is \(text): it stands as \(state.status.rawValue)"])
    }
    if case .refused = status { return }
    files.append(file.file)
  }

  /// Whether the profile of the journal is more than an id.
  private var hasName: Bool {
    state.fields["name"] != nil || state.fields["organization_name"] != nil
  }

  /// Whether a field may be changed: it was imported, or is new. One that was set here since stays.
  private func isImported(_ name: String) -> Bool {
    state.provenance[name].map { $0.source == Self.origin.source } ?? true
  }

  /// Says what was not taken of a file, and which fields were.
  private mutating func refuse(
    _ refusals: [String], of file: SourceDocuments.ProfileFile, butNot taken: [String]
  ) {
    let shown = taken.prefix(8).joined(separator: ", ")
    let others = taken.count > 8 ? " and \(taken.count - 8) more" : ""
    let rest = taken.isEmpty ? "" : "; of this file is recorded: \(shown)\(others)"
    for refusal in refusals { skip(file.file, refusal + rest) }
  }

  /// What becomes of a status that the earlier program gave the profile since.
  private enum NewStatus {
    case taken(Profile.Status)
    /// Not now: the next import is to look again.
    case refused(String)
  }

  /// Whether the earlier program brought the profile back.
  private func restores(_ file: SourceDocuments.ProfileFile) -> Bool {
    Self.status(of: file) == .active && state.isDeclared
      && state.fields["status"] != file.members["status"]
  }

  private static func status(of file: SourceDocuments.ProfileFile) -> Profile.Status? {
    file.members["status"]?.string.flatMap(Profile.Status.init(rawValue:))
  }

  private mutating func newStatus(
    of file: SourceDocuments.ProfileFile, isRunning: Bool
  ) -> NewStatus? {
    let wanted = Self.status(of: file)
    // What was archived or restored here since the old file said so stays.
    guard let wanted, wanted != state.status,
      !state.isDeclared || state.fields["status"] != file.members["status"]
    else { return nil }
    guard wanted == .active || !isRunning || !state.exists else {
      return .refused("a session is in progress, so the profile cannot be \(wanted.rawValue)")
    }
    return .taken(wanted)
  }

  private mutating func add(_ status: Profile.Status, _ file: SourceDocuments.ProfileFile) {
    let time = max(events.last?.time ?? last, file.updated.time ?? last)
    switch status {
    case .active: events.append((.profileRestored(reason: nil), time))
    case .archived: events.append((.profileArchived(reason: nil), time))
    case .deleted: events.append((.profileDeleted(reason: nil), time))
    }
  }

  // MARK: The record

  /// How many files one entry names: a line is not endless.
  private static let filesPerEntry = 2000

  /// What is recorded of the import itself; the last one has the counts.
  private var record: [JSONObject] {
    var entries: [JSONObject] = []
    var rest = files[...]
    repeat {
      let part = rest.prefix(Self.filesPerEntry)
      rest = rest.dropFirst(part.count)
      entries.append([
        "source": .string(documents.source), "zone": .string(documents.zone.description),
        "files": .array(
          part.map { file in
            ["name": .string(file.path), "sha256": .string(file.digest.description)]
          }),
      ])
    } while !rest.isEmpty
    entries[entries.count - 1]["sessions"] = .number(JSONNumber(sessions.count))
    entries[entries.count - 1]["endings"] = .number(JSONNumber(endings))
    entries[entries.count - 1]["opportunities"] = .number(JSONNumber(opportunities))
    return entries
  }
}
