package import Discovery
package import JournalEngine

/// What is to be recorded of a profile's old files, on the state that its journal has.
package struct ImportPlan: Sendable {
  /// The events with their times, in their order; none where nothing is new.
  package internal(set) var events: [(event: DiscoveryEvent, time: Timestamp)] = []
  package internal(set) var notes: [ImportNote] = []
  /// Opportunities whose session is neither among the files nor in the journal.
  package internal(set) var unplaced: [String] = []
  /// Sessions that begin.
  package internal(set) var sessions: [String] = []
  /// How many go on to their end.
  package internal(set) var endings = 0
  package internal(set) var opportunities = 0
  /// Whether the profile's fields are new, or changed.
  package internal(set) var hasProfile = false

  /// When a journal that this begins was opened.
  package var openedAt: Timestamp? { events.first?.time }

  let documents: SourceDocuments
  let elsewhere: [ExactName: JournalName]
  let state: Profile
  /// Nothing can be recorded before it.
  let last: Timestamp
  /// Whether the profile is deleted and stays so: nothing is added to it.
  private(set) var isDeleted = false
  /// The files that what is recorded comes from.
  var files: [SurveyedFile] = []

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

  mutating func skip(_ file: SurveyedFile, _ message: String) {
    notes.append(ImportNote(.skipped, file.path, message))
  }

  mutating func change(_ file: SurveyedFile, _ remarks: [String]) {
    for remark in remarks { notes.append(ImportNote(.changed, file.path, remark)) }
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
