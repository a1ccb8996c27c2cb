internal import Synchronization

/// The tables of a journal that hold the first records of a state. Tables never change, so what was
/// read of them is kept.
///
/// No descriptor is held from one call to the next: see ``TableReading``.
final class TableSource: Sendable {
  let journal: JournalName
  let root: String
  let system: JournalSystem

  private let cover: Mutex<KnownTables>
  /// How many records there are.
  let count: Int
  private let givenUp: GivenUp
  /// A whole state, where the tables could not be used.
  private let replayed = Mutex<(any Sendable)?>(nil)

  /// - Parameters:
  ///   - tables: one after the other, from record 0 on.
  ///   - givenUp: entries that no other tables that take their place may hold.
  ///   - former: those of a state that this one's came from.
  init(
    _ journal: JournalName, in root: String, system: JournalSystem, tables: [TableName],
    without givenUp: GivenUp, after former: KnownTables? = nil
  ) {
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
  func lookAnew<P: Projection>(
    _ type: P.Type, insteadOf unusable: KnownTables
  ) throws(JournalError) -> Bool {
    guard tables === unusable else { return true }
    let listing = try JournalListing(folder())
    let others = TableCover.exact(
      listing.tables(of: P.self), count: count, last: .max, without: givenUp)
    guard let others, others != tables.names else { return false }
    cover.withLock { $0 = KnownTables(others) }
    return true
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
      .tableUnusable, "a table of finished records cannot be used: \(cause)",
      hint: "nothing is lost: the journal is read from its first line instead; "
        + "`daybook verify` names what is to be removed", file: file)
  }
}
