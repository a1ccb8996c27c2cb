import Discovery
import JournalEngine

/// What becomes of the profile's own file.
extension ImportPlan {
  /// Where values of a profile's file come from.
  private static let origin = DiscoveryEvent.Origin(source: "import")

  /// The profile's file, where it has something to say that was not imported before.
  mutating func newProfile(_ known: Set<Digest>) -> SourceDocuments.ProfileFile? {
    guard let file = documents.profile else { return nil }
    // A file may come back to what it was: it is known where it was the last of its name.
    let last = lastImported(file.file.path)
    guard last.map({ $0 != file.file.digest }) ?? !known.contains(file.file.digest) else {
      return nil
    }
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

  /// What is to be recorded of the fields.
  mutating func fields(
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

  /// What was imported last from a file of this name.
  private func lastImported(_ name: String) -> Digest? {
    for data in state.imports.reversed() {
      let file = data["files"]?.array?.last { $0["name"]?.string?.isExactly(name) == true }
      if let digest = file?["sha256"]?.string { return Digest(hex: digest) }
    }
    return nil
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
  enum NewStatus {
    case taken(Profile.Status)
    /// Not now: the next import is to look again.
    case refused(String)
  }

  /// Whether the earlier program brought the profile back.
  func restores(_ file: SourceDocuments.ProfileFile) -> Bool {
    Self.status(of: file) == .active && state.isDeclared
      && state.fields["status"] != file.members["status"]
  }

  private static func status(of file: SourceDocuments.ProfileFile) -> Profile.Status? {
    file.members["status"]?.string.flatMap(Profile.Status.init(rawValue:))
  }

  /// The status to be recorded, if any.
  func newStatus(
    of file: SourceDocuments.ProfileFile, isRunning: Bool
  ) -> NewStatus? {
    let wanted = Self.status(of: file)
    // What was archived or restored here since the old file said so stays.
    guard let wanted, wanted != state.status, !isDeleted,
      !state.isDeclared || state.fields["status"] != file.members["status"]
    else { return nil }
    guard wanted == .active || !isRunning || !state.exists else {
      return .refused("a session is in progress, so the profile cannot be \(wanted.rawValue)")
    }
    return .taken(wanted)
  }

  /// Records a status after all else.
  mutating func add(_ status: Profile.Status, _ file: SourceDocuments.ProfileFile) {
    let time = max(events.last?.time ?? last, file.updated.time ?? last)
    switch status {
    case .active: events.append((.profileRestored(reason: nil), time))
    case .archived: events.append((.profileArchived(reason: nil), time))
    case .deleted: events.append((.profileDeleted(reason: nil), time))
    }
  }
}
