public import JournalEngine

/// Finds the journal of a session, without reading every journal each time.
///
/// It keeps one file in the root, `.sessions`, that only grows and may be deleted at any time. A
/// line says in which journal a session was started; a check line closes each batch that a scan of
/// a journal wrote, and says how far that scan went. The file is never trusted: a place is looked
/// up in the journal itself, and that a session is *not* there is believed only of journals whose
/// scan is complete, whose check lines hold, and that have not grown since, or whose state says so.
///
/// Where a line stands in the file, runs tell (``HintRuns``), so that not all of it is read.
public struct SessionIndex: Sendable {
  static let file = ".sessions"
  /// What is longer is not read: it is none of ours, or has outgrown its use, and the journals tell.
  private static let longest: Int64 = 1 << 30

  let root: String
  let system: JournalSystem

  public init(root: String, system: JournalSystem = JournalSystem()) {
    self.root = root
    self.system = system
  }

  /// Notes where a session was started. A hint: if it is lost, looking takes longer once.
  public func add(_ session: String, in journal: JournalName) {
    add([session], in: journal)
  }

  /// The same for several, with one write.
  package func add(_ sessions: [String], in journal: JournalName) {
    let hints = sessions.filter(Self.isPlain).map { IndexContents.hint($0, in: journal) }.joined()
    if !hints.isEmpty { _ = try? open()?.append(Array(hints.utf8)) }
  }

  /// The journal that holds a session, or nil where none does.
  ///
  /// - Parameter progress: is told how many bytes of journals were read so far.
  /// - Throws: ``DiscoveryError`` `conflict` where several journals were seen to hold it. An error
  ///   of one journal is thrown only where no other holds the session.
  ///
  /// Cost: reads some pages of the index, and the state of the session's own journal. Where the index
  /// does not lead to it, reads all of the index and looks into each journal: a short one is read once
  /// each time that it has grown, of a long one the state.
  public func journal(
    of session: String, progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> JournalName? {
    try find(session, progress: progress)?.journal
  }

  /// The same, with what was seen of the session.
  func find(
    _ session: String, progress: @escaping (Int64) -> Void
  ) throws -> FoundSession? {
    let file = open()
    var search = Search(session, root: root, system: system, file: file, progress: progress)
    let hinted = hints(of: session, file)
    for journal in hinted.sorted() { search.look(in: journal) }
    guard search.found.isEmpty else { return try search.result() }
    // Ids that cannot stand in the index are in no batch.
    let contents = Self.isPlain(session) ? contents(file) : IndexContents([])
    // A run may lead astray, and others write meanwhile: a journal is passed over only by the same
    // bytes that say which sessions it has.
    for journal in contents.places(of: session).subtracting(hinted).sorted() {
      search.look(in: journal)
    }
    guard search.found.isEmpty else { return try search.result() }
    let scanned = contents.scanned()
    for journal in try JournalReader.names(in: root, system: system) ?? [] {
      search.scan(journal, unlessOf: scanned[journal])
    }
    return try search.result()
  }

  /// The journals that are said to hold a session, of which nothing is believed yet.
  func hints(of session: String) -> Set<JournalName> { hints(of: session, open()) }

  private func hints(of session: String, _ file: (any SegmentFile)?) -> Set<JournalName> {
    guard let file, let size = Self.size(of: file) else { return [] }
    if size >= HintStretch.shortest,
      let runs = HintRuns(of: file, in: root, system: system),
      let places = try? runs.places(of: session)
    {
      return places
    }
    return contents(file).places(of: session)
  }

  /// All that it says.
  func contents(_ file: (any SegmentFile)?) -> IndexContents {
    guard let file, let size = Self.size(of: file) else { return IndexContents([]) }
    return IndexContents((try? file.bytes(at: 0, count: Int(size))) ?? [])
  }

  /// nil where it is not to be read.
  private static func size(of file: any SegmentFile) -> Int64? {
    guard let size = try? file.size(), size <= longest else { return nil }
    return size
  }

  /// The file, made where it is missing; nil where it cannot be had.
  func open() -> (any SegmentFile)? { system.fileSystem.derivedFile(Self.file, in: root) }

  /// Ids with blanks or line ends are legal in a journal and cannot stand in the index.
  static func isPlain(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.allSatisfy { $0 > 32 && $0 < 127 } && !id.hasPrefix("@")
  }
}
