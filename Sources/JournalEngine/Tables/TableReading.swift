/// Reads pages of a journal's tables for one question: what that needs is opened once, and closed
/// with it.
final class TableReading {
  private let source: TableSource
  private var folder: (any JournalFolder)?
  private var files: [TableName: any SegmentFile] = [:]

  /// So many files are held open at once; which one goes then matters little.
  private static let most = 32

  init(_ source: TableSource) { self.source = source }

  /// A page of a table.
  ///
  /// - Throws: `tableUnusable` where it is not there or its check does not hold.
  func page(_ number: Int, of table: TableName) throws(JournalError) -> TablePage {
    if let known = source.knownPage(number, of: table) { return known }
    guard
      let page = TablePage(
        try file(table).bytes(
          at: Int64(number * TableLayout.pageSize), count: TableLayout.pageSize))
    else { throw source.unusable(table) }
    source.keep(page, number, of: table)
    return page
  }

  /// Where the columns of a table stand.
  func layout(of table: TableName) throws(JournalError) -> TableLayout {
    if let known = source.knownLayout(of: table) { return known }
    let page = try page(0, of: table)
    guard let header = TableHeader(page.payload), header.name == table,
      header.journal == source.journal
    else { throw source.unusable(table) }
    source.keep(header.layout, of: table)
    return header.layout
  }

  private func file(_ table: TableName) throws(JournalError) -> any SegmentFile {
    if let file = files[table] { return file }
    let folder: any JournalFolder
    if let known = self.folder { folder = known } else { folder = try source.folder() }
    self.folder = folder
    guard let file = try folder.openForReading(table.file) else { throw source.unusable(table) }
    if files.count >= Self.most, let any = files.keys.first { files[any] = nil }
    files[table] = file
    return file
  }
}
