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
  /// - Throws: `JournalError` where a journal cannot be read, and no other holds the session.
  ///
  /// Cost: reads the index; and once each journal that has grown since it was scanned, unless the
  /// session is found before.
  public func journal(of session: String) throws -> JournalName? {
    let wanted = ExactName(session)
    let file = system.fileSystem.derivedFile(Self.file, in: root)
    let bytes = file.flatMap { try? $0.bytes(at: 0, count: Int($0.size())) } ?? []
    let index = IndexContents(bytes)
    for journal in index.places(of: session) {
      // One that cannot be read is met again below, and told there.
      let sessions = try? started(in: reader(journal), stopAt: wanted)
      if sessions?.contains(wanted) == true { return journal }
    }
    // What cannot stand in the index is not known to be missing from it.
    let scanned = Self.isPlain(session) ? index.scanned() : [:]
    var failure: (any Error)?
    for journal in try JournalReader.names(in: root, system: system) ?? [] {
      do {
        let extent = try reader(journal).extent()
        if scanned[journal] == extent { continue }
        let sessions = try started(in: reader(journal), stopAt: nil)
        if let file { note(sessions, in: journal, extent: extent, file: file) }
        if sessions.contains(wanted) { return journal }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return nil
  }

  private func reader(_ journal: JournalName) -> JournalReader {
    JournalReader(journal, in: root, system: system)
  }

  private func started(
    in reader: JournalReader, stopAt wanted: ExactName?
  ) throws -> Set<ExactName> {
    var sessions: Set<ExactName> = []
    do {
      try reader.forEach { entry in
        guard entry.isType(EventType.sessionStarted), let subject = entry.subject else {
          return true
        }
        let session = ExactName(subject)
        sessions.insert(session)
        return session != wanted
      }
    } catch let error as JournalError where error.code == .notFound {
      return []  // removed since
    }
    return sessions
  }

  private func note(
    _ sessions: Set<ExactName>, in journal: JournalName, extent: Int64, file: any SegmentFile
  ) {
    let ids = sessions.map(\.text).filter(Self.isPlain).sorted()
    let lines = ids.map { "\($0) \(journal)\n" }.joined()
    let batch = IndexContents.batch(lines, journal: journal, extent: extent)
    _ = try? file.append(Array(batch.utf8))
  }

  /// Ids with blanks or line ends are legal in a journal and cannot stand in the index.
  private static func isPlain(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.allSatisfy { $0 > 32 && $0 < 127 } && !id.hasPrefix("@")
  }
}
