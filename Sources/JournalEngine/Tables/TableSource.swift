internal import Synchronization

/// The tables of a journal that hold records up to some number. Tables never change, so what was read
/// of them is kept.
///
/// No descriptor is held from one call to the next: see ``TableReading``.
final class TableSource: Sendable {
  let journal: JournalName
  let root: String
  let system: JournalSystem

  private let kind: TableKind
  private let cover: Mutex<KnownTables>
  /// The first record that is wanted.
  private let first: Int
  /// The number behind the last one's.
  let count: Int
  private let givenUp: GivenUp
  /// A whole state, where the tables could not be used.
  private let replayed = Mutex<(any Sendable)?>(nil)

  /// - Parameters:
  ///   - first: the first record that is wanted.
  ///   - tables: one after the other, from that one or one before it on.
  ///   - givenUp: entries that no other tables that take their place may hold.
  ///   - former: those of a state that this one's came from.
  init(
    _ kind: TableKind, of journal: JournalName, in root: String, system: JournalSystem,
    from first: Int = 0, tables: [TableName], without givenUp: GivenUp,
    after former: KnownTables? = nil
  ) {
    self.kind = kind
    self.first = first
    self.journal = journal
    self.root = root
    self.system = system
    self.givenUp = givenUp
    cover = Mutex(KnownTables(tables, after: former))
    count = tables.last?.end ?? 0
  }

  var tables: KnownTables { cover.withLock { $0 } }

  /// Takes over what is known of the tables of a state that this one's came from.
  func learn(from former: KnownTables) {
    cover.withLock { $0 = KnownTables($0.names, after: former) }
  }

  /// Looks for other tables that hold the same records than those that could not be used: somebody may
  /// have merged them.
  ///
  /// - Returns: whether there are any.
  func lookAnew(
    insteadOf unusable: KnownTables, from oldest: Int = 0
  ) throws(JournalError) -> Bool {
    guard tables === unusable else { return true }
    let listing = try JournalListing(folder())
    let others = TableCover.exact(
      listing.tables(of: kind), from: max(first, oldest), count: count, last: .max,
      without: givenUp)
    guard let others, others != tables.names else { return false }
    cover.withLock { $0 = KnownTables(others) }
    return true
  }

  /// The idempotency keys that the journal gives without any table, read once.
  func replayKeys<P: Projection>(_ type: P.Type) throws(JournalError) -> IdempotencyKeys {
    if let known = replayed.withLock({ $0 as? IdempotencyKeys }) { return known }
    // Whoever waits for it has done nothing wrong: also beside one who drops history all the time.
    let keys = try JournalReader(journal, in: root, system: system).anew(most: 50) {
      folder, isFirst throws(JournalError) in
      var opening = JournalOpening<P>(
        folder: folder, name: journal, root: root, system: system, usesTables: false)
      opening.looksForRepairs = !isFirst
      let start = try opening.start(.newest(.head))
      var fold = Fold(path: folder.path, state: start.state, keys: start.keys)
      try start.walk.advance(&fold)
      if let damage = start.walk.damage { throw damage.error }
      if let failure = fold.failure { throw failure }
      return fold.keys
    }
    replayed.withLock { $0 = keys }
    return keys
  }

  /// The state that the journal gives without any table, read once.
  func replay<P: Projection>(_ type: P.Type) throws(JournalError) -> P {
    if let known = replayed.withLock({ $0 as? P }) { return known }
    let replay = try JournalReader(journal, in: root, system: system).replay(P.self)
    if let damage = replay.damage { throw damage.error }
    replayed.withLock { $0 = replay.state }
    return replay.state
  }

  func folder() throws(JournalError) -> any JournalFolder {
    guard let folder = try system.fileSystem.journalFolder(journal.text, in: root) else {
      throw JournalError(
        .notFound, "there is no journal \(journal)", hint: "check the name and the root",
        file: root + "/" + journal.text)
    }
    return folder
  }

  func unusable(_ table: TableName?, _ cause: String = "it is missing or altered") -> JournalError {
    .tableUnusable(root + "/" + journal.text + (table.map { "/" + $0.file } ?? ""), cause)
  }
}

extension JournalError {
  /// - Parameters:
  ///   - file: the table; where it is no certain one, the journal's folder.
  ///   - cause: as a clause.
  static func tableUnusable(
    _ file: String, _ cause: String = "it is missing or altered"
  ) -> JournalError {
    JournalError(
      .tableUnusable, "a table cannot be used: \(cause)",
      hint: "nothing is lost: the journal is read from its first line instead; "
        + "`daybook verify` names what is to be removed", file: file)
  }
}
