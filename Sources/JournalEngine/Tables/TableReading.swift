/// Reads pages of a journal's tables for one question: what that needs is opened once, and closed
/// with it.
final class TableReading {
  private let source: TableSource
  /// A table is meant by its place among these.
  let tables: KnownTables
  private var folder: (any JournalFolder)?
  private var files: [Int: any SegmentFile] = [:]

  /// So many files are held open at once; which one goes then matters little.
  private static let most = 32

  init(_ source: TableSource) {
    self.source = source
    tables = source.tables
  }

  /// The table that holds a record; nil where none does.
  func table(of number: Int) -> Int? {
    tables.names.firstIndex { $0.first <= number && number < $0.end }
  }

  /// The keys of a table, sorted.
  func keys(of table: Int) throws(JournalError) -> SortedColumn<TableKey> {
    try column(layout(of: table).keyColumn, of: table) { $0.key(at: $1) }
  }

  /// All keys of a table.
  func allKeys(of table: Int) throws(JournalError) -> [TableKey] {
    let folder = try source.folder()
    var column = try TableFile(tables.names[table], of: source.journal, in: folder).keys()
    var keys: [TableKey] = []
    while let key = try column.read() { keys.append(key) }
    return keys
  }

  /// The rows of a table, in the order of its records.
  func rows(of table: Int) throws(JournalError) -> SortedColumn<TableRow> {
    try column(layout(of: table).rowColumn, of: table) { $0.row(at: $1) }
  }

  /// The measures of a table, sorted.
  func measures(of table: Int) throws(JournalError) -> SortedColumn<Int64> {
    try column(layout(of: table).measureColumn, of: table) { $0.number(at: $1) }
  }

  /// A column, which is read as long as this is there.
  private func column<Field>(
    _ column: TableLayout.Column, of table: Int,
    _ field: @escaping (TablePage, Int) -> Field
  ) -> SortedColumn<Field> {
    // A search ends in steps within one page.
    var last: (number: Int, page: TablePage)?
    return SortedColumn(count: column.count) { index throws(JournalError) in
      let place = column.place(of: index)
      if let last, last.number == place.page { return field(last.page, place.offset) }
      let page = try self.page(place.page, of: table)
      last = (place.page, page)
      return field(page, place.offset)
    }
  }

  /// A page of a table.
  ///
  /// - Throws: `tableUnusable` where it is not there or its check does not hold.
  private func page(_ number: Int, of table: Int) throws(JournalError) -> TablePage {
    if let known = tables.page(number, of: table) { return known }
    guard
      let page = TablePage(
        try file(table).bytes(
          at: Int64(number * TableLayout.pageSize), count: TableLayout.pageSize))
    else { throw source.unusable(tables.names[table]) }
    tables.keep(page, number, of: table)
    return page
  }

  /// Where the columns of a table stand.
  private func layout(of table: Int) throws(JournalError) -> TableLayout {
    if let known = tables.layout(of: table) { return known }
    let page = try page(0, of: table)
    guard let header = TableHeader(page.payload), header.name == tables.names[table],
      header.journal == source.journal
    else { throw source.unusable(tables.names[table]) }
    tables.keep(header.layout, of: table)
    return header.layout
  }

  private func file(_ table: Int) throws(JournalError) -> any SegmentFile {
    if let file = files[table] { return file }
    let folder: any JournalFolder
    if let known = self.folder { folder = known } else { folder = try source.folder() }
    self.folder = folder
    let name = tables.names[table]
    guard let file = try folder.openForReading(name.file) else { throw source.unusable(name) }
    if files.count >= Self.most, let any = files.keys.first { files[any] = nil }
    files[table] = file
    return file
  }
}
