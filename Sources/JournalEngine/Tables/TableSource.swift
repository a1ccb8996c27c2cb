internal import Synchronization

/// Reads pages of a journal's tables, and keeps those that were read: tables never change.
///
/// No descriptor is held from one call to the next.
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

  /// A page of a table.
  ///
  /// - Throws: `tableUnusable` where it is not there or its check does not hold.
  func page(_ page: Int, of table: TableName) throws(JournalError) -> TablePage {
    let place = Place(table: table, page: page)
    if let known = pages.withLock({ $0[place] }) { return known }
    guard let file = try folder().openForReading(table.file),
      let read = TablePage(
        try file.bytes(
          at: Int64(page * TableLayout.pageSize), count: TableLayout.pageSize))
    else { throw unusable(table) }
    pages.withLock { pages in
      if pages.count >= Self.limit, let any = pages.keys.first { pages[any] = nil }
      pages[place] = read
    }
    return read
  }

  /// Where the columns of a table stand.
  func layout(of table: TableName) throws(JournalError) -> TableLayout {
    if let known = layouts.withLock({ $0[table] }) { return known }
    let page = try page(0, of: table)
    guard let header = TableHeader(page.payload), header.name == table, header.journal == journal
    else { throw unusable(table) }
    layouts.withLock { $0[table] = header.layout }
    return header.layout
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
