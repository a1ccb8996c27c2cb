internal import Synchronization

/// The tables of a journal that hold the first records of a state, and the pages of them that were
/// read: tables never change.
///
/// No descriptor is held from one call to the next: see ``TableReading``.
final class TableSource: Sendable {
  let journal: JournalName
  let root: String
  let system: JournalSystem

  /// 16 MiB at most; which page goes then matters little.
  private static let limit = 4096

  private struct Place: Hashable {
    let table: TableName
    let page: Int
  }

  private let pages = Mutex<[Place: TablePage]>([:])
  private let layouts = Mutex<[TableName: TableLayout]>([:])
  private let cover: Mutex<[TableName]>
  /// How many records there are.
  let count: Int
  /// A whole state, where the tables could not be used.
  private let replayed = Mutex<(any Sendable)?>(nil)

  /// - Parameter tables: one after the other, from record 0 on.
  init(_ journal: JournalName, in root: String, system: JournalSystem, tables: [TableName]) {
    self.journal = journal
    self.root = root
    self.system = system
    cover = Mutex(tables)
    count = tables.last?.end ?? 0
  }

  var tables: [TableName] { cover.withLock { $0 } }

  /// Looks for other tables that hold the same records: somebody may have merged them.
  ///
  /// - Returns: whether there are any.
  func lookAnew<P: Projection>(_ type: P.Type) throws(JournalError) -> Bool {
    let listing = try JournalListing(folder())
    let others = TableCover.exact(listing.tables(of: P.self), count: count, last: .max)
    guard let others, others != tables else { return false }
    cover.withLock { $0 = others }
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

  func knownPage(_ page: Int, of table: TableName) -> TablePage? {
    pages.withLock { $0[Place(table: table, page: page)] }
  }

  func keep(_ page: TablePage, _ number: Int, of table: TableName) {
    pages.withLock { pages in
      if pages.count >= Self.limit, let any = pages.keys.first { pages[any] = nil }
      pages[Place(table: table, page: number)] = page
    }
  }

  func knownLayout(of table: TableName) -> TableLayout? { layouts.withLock { $0[table] } }

  func keep(_ layout: TableLayout, of table: TableName) {
    layouts.withLock { $0[table] = layout }
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
    JournalError(
      .tableUnusable, "a table of finished records cannot be used: \(cause)",
      hint: "nothing is lost: the journal is read from its first line instead; "
        + "`daybook verify` names what is to be removed",
      file: root + "/" + journal.text + (table.map { "/" + $0.file } ?? ""))
  }
}
