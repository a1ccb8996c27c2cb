import JournalEngine

/// One look-up of a session through the journals, and what it has come to so far.
struct Search {
  private let session: String
  private let root: String
  private let system: JournalSystem
  private let file: (any SegmentFile)?
  private let progress: (Int64) -> Void

  /// The journals that were seen to hold the session.
  private(set) var found: [JournalName] = []
  /// The session as it was last seen.
  private var seen: FoundSession.Seen?
  /// The state that was asked last.
  private var asked: Replay<Profile>?
  /// The first thing that went wrong.
  private var failure: (any Error)?
  private var bytes: Int64 = 0

  /// - Parameter file: where scans are noted, if anywhere.
  init(
    _ session: String, root: String, system: JournalSystem, file: (any SegmentFile)?,
    progress: @escaping (Int64) -> Void
  ) {
    self.session = session
    self.root = root
    self.system = system
    self.file = file
    self.progress = progress
  }

  /// Looks whether a journal holds the session.
  mutating func look(in journal: JournalName) {
    attempt { search in
      if try search.isIn(search.reader(journal)) { search.found.append(journal) }
    }
  }

  /// The same, and notes the sessions of a short journal, unless that was done to its present extent.
  mutating func scan(_ journal: JournalName, unlessOf scanned: Int64?) {
    attempt { search in
      let reader = search.reader(journal)
      let extent = try reader.extent()
      if scanned == extent { return }
      guard extent <= Self.short else { return try search.scan(long: journal, reader, extent) }
      var sessions: Set<ExactName> = []
      let damage = try search.forEachSession(in: reader) { id in
        sessions.insert(ExactName(id))
        return true
      }
      if sessions.contains(ExactName(search.session)) { search.found.append(journal) }
      // Of what stands behind it nothing is known.
      if let damage { throw damage.error }
      search.note(sessions, in: journal, extent: extent)
    }
  }

  /// Asks a long journal's state, and notes its sessions only where these are few and there was no
  /// snapshot: asking again would be dear, and their lines are not.
  private mutating func scan(
    long journal: JournalName, _ reader: JournalReader, _ extent: Int64
  ) throws {
    let isThere = try isIn(reader)
    if isThere { found.append(journal) }
    if let asked, asked.start == .none, asked.damage == nil, asked.state.sessionCount <= 4096 {
      let sessions = Set(try asked.state.sessions().map { ExactName($0.id) })
      note(sessions, in: journal, extent: extent)
    } else if isThere {
      noteHint(to: journal)
    }
  }

  /// So many bytes are read as a whole. Behind a snapshot, asking the state takes less than that; and
  /// what is noted of a journal with a million sessions, everybody else would have to read.
  private static let short: Int64 = 1 << 20

  /// - Throws: ``DiscoveryError`` `conflict` where it is in several journals; where it is in none,
  ///   the first error that was met.
  func result() throws -> FoundSession? {
    if found.count > 1 {
      throw DiscoveryError(
        .conflict,
        "\(session) is in several journals: \(found.map(\.text).joined(separator: ", "))",
        hint: "say which with --profile")
    }
    if found.isEmpty, let failure { throw failure }
    return found.first.map { FoundSession(journal: $0, seen: seen) }
  }

  private func reader(_ journal: JournalName) -> JournalReader {
    JournalReader(journal, in: root, system: system)
  }

  private mutating func attempt(_ body: (inout Search) throws -> Void) {
    do {
      try body(&self)
    } catch let error as JournalError where error.code == .notFound {
      // Removed since.
    } catch {
      failure = failure ?? error
    }
  }

  /// Whether the state has the session; where that cannot be told, whether an entry started it.
  private mutating func isIn(_ reader: JournalReader) throws -> Bool {
    if let isThere = try isInState(reader) { return isThere }
    let wanted = session
    var isThere = false
    let damage = try forEachSession(in: reader) { id in
      isThere = id.isExactly(wanted)
      return !isThere
    }
    if !isThere, let damage { throw damage.error }
    return isThere
  }

  /// Nil where the state does not tell: it cannot be had, or ends before the journal.
  private mutating func isInState(_ reader: JournalReader) throws -> Bool? {
    let (before, progress) = (bytes, progress)
    var read: Int64 = 0
    asked = nil
    defer { bytes = before + read }
    do {
      let replay = try reader.state(Profile.self) {
        read = $0
        progress(before + $0)
      }
      asked = replay
      if let session = try replay.state.session(session) {
        seen = FoundSession.Seen(session: session, replay: replay)
        return true
      }
      return replay.damage == nil ? false : nil
    } catch let error as JournalError where error.code == .notFound {
      throw error
    } catch {
      // Whoever reads the entries may come as far as the session, and says what is wrong.
      return nil
    }
  }

  /// - Returns: damage, as far as was read.
  @discardableResult
  mutating func forEachSession(
    in reader: JournalReader, _ body: (String) -> Bool
  ) throws -> Damage? {
    var bytes = bytes
    defer { self.bytes = bytes }
    var isFirst = true
    var isPruned = false
    var hasEnough = false
    let damage = try reader.forEach { entry in
      bytes += Int64(entry.place.length) + 1
      progress(bytes)
      if isFirst { isPruned = entry.seq > 1 }
      isFirst = false
      guard entry.isType(EventType.sessionStarted), let id = entry.subject else { return true }
      hasEnough = !body(id)
      return !hasEnough
    }
    guard isPruned, !hasEnough else { return damage }
    // The starts that were dropped stand in the state only.
    for session in try reader.state(Profile.self).state.sessions()
    where !body(session.id) {
      break
    }
    return damage
  }

  /// Notes where the session was found, for the next look-up.
  private func noteHint(to journal: JournalName) {
    guard SessionIndex.isPlain(session) else { return }
    _ = try? file?.append(Array(IndexContents.hint(session, in: journal).utf8))
  }

  private func note(_ sessions: Set<ExactName>, in journal: JournalName, extent: Int64) {
    let plain = sessions.map(\.text).filter(SessionIndex.isPlain).sorted()
    let lines = plain.map { "\($0) \(journal)\n" }.joined()
    let batch = IndexContents.batch(lines, journal: journal, extent: extent)
    _ = try? file?.append(Array(batch.utf8))
  }
}
