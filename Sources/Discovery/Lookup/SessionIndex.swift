public import JournalEngine

/// Finds the journal of a session, without reading every journal each time.
///
/// It keeps one file in the root, `.sessions`, that only grows and may be deleted at any time. A
/// line says in which journal a session was started; a check line closes each batch that a scan of
/// a journal wrote, and says how far that scan went. The file is never trusted: a place is looked
/// up in the journal itself, and that a session is *not* there is believed only of journals whose
/// scan is complete, whose check lines hold, and that have not grown since.
public struct SessionIndex: Sendable {
  static let file = ".sessions"

  private let root: String
  private let system: JournalSystem

  public init(root: String, system: JournalSystem = JournalSystem()) {
    self.root = root
    self.system = system
  }

  /// Notes where a session was started. A hint: if it is lost, looking takes longer once.
  public func add(_ session: String, in journal: JournalName) {
    guard Self.isPlain(session),
      let file = system.fileSystem.derivedFile(Self.file, in: root)
    else { return }
    _ = try? file.append(Array("\(session) \(journal)\n".utf8))
  }

  /// The journal that holds a session, or nil where none does.
  ///
  /// Cost: reads the index; and once each journal that has grown since it was scanned, unless the
  /// session is found before.
  public func journal(of session: String) throws -> JournalName? {
    let file = system.fileSystem.derivedFile(Self.file, in: root)
    let bytes = try file.map { try $0.bytes(at: 0, count: Int($0.size())) } ?? []
    let index = IndexContents(bytes)
    for journal in index.places(of: session) {
      let reader = JournalReader(journal, in: root, system: system)
      if try started(in: reader, stopAt: session).contains(session) { return journal }
    }
    var found: JournalName?
    let scanned = index.scanned()
    for journal in try JournalReader.names(in: root, system: system) ?? [] where found == nil {
      let reader = JournalReader(journal, in: root, system: system)
      let extent = try reader.extent()
      if scanned[journal] == extent { continue }
      let sessions = try started(in: reader, stopAt: nil)
      if let file { note(sessions, in: journal, extent: extent, file: file) }
      if sessions.contains(session) { found = journal }
    }
    return found
  }

  private func started(in reader: JournalReader, stopAt wanted: String?) throws -> Set<String> {
    var sessions: Set<String> = []
    do {
      try reader.forEach { entry in
        guard entry.isType(EventType.sessionStarted), let subject = entry.subject else {
          return true
        }
        sessions.insert(subject)
        return subject != wanted
      }
    } catch let error as JournalError where error.code == .notFound {
      return []  // removed since
    }
    return sessions
  }

  private func note(
    _ sessions: Set<String>, in journal: JournalName, extent: Int64, file: any SegmentFile
  ) {
    let lines = sessions.filter(Self.isPlain).sorted().map { "\($0) \(journal)\n" }.joined()
    let batch = IndexContents.batch(lines, journal: journal, extent: extent)
    _ = try? file.append(Array(batch.utf8))
  }

  /// Ids with blanks or line ends are legal in a journal and cannot stand in the index.
  private static func isPlain(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.allSatisfy { $0 > 32 && $0 < 127 } && !id.hasPrefix("@")
  }
}
