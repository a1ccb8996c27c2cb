/// A table to be read as a whole, column after column.
struct TableFile {
  let header: TableHeader
  private let file: any SegmentFile

  /// Opens a table.
  ///
  /// - Throws: `JournalError` `tableUnusable` where it is not there, or is not what its name says.
  init(
    _ name: TableName, of journal: JournalName, in folder: any JournalFolder
  ) throws(JournalError) {
    let path = folder.path + "/" + name.file
    guard let file = try folder.openForReading(name.file) else { throw .tableUnusable(path) }
    let start = try file.bytes(at: 0, count: TableLayout.pageSize)
    guard let page = TablePage(start), let header = TableHeader(page.payload), header.name == name,
      header.journal == journal,
      try file.size() == Int64(header.layout.pages) * Int64(TableLayout.pageSize)
    else { throw .tableUnusable(path) }
    self.header = header
    self.file = file
  }

  var rows: ColumnReader<TableRow> {
    ColumnReader(header.layout.rowColumn, of: file) { $0.row(at: $1) }
  }

  /// - Parameter base: what is added to the number of each one's row.
  func keys(base: UInt32 = 0) -> ColumnReader<TableKey> {
    let count = header.name.count
    return ColumnReader(header.layout.keyColumn, of: file) { page, offset in
      var key = page.key(at: offset)
      guard key.row < count else { return nil }
      key.row += base
      return key
    }
  }

  var measures: ColumnReader<Int64> {
    ColumnReader(header.layout.measureColumn, of: file) { $0.number(at: $1) }
  }
}
