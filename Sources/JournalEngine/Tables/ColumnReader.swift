/// Reads a column of a table from its start to its end. Memory: some pages.
struct ColumnReader<Field> {
  private let file: any SegmentFile
  private let column: TableLayout.Column
  private let field: (TablePage, Int) -> Field?
  private var pages: [TablePage] = []
  /// The first of these.
  private var first = 0
  /// How many fields were given out.
  private var next = 0

  private static var atOnce: Int { 32 }

  /// - Parameter field: what stands at a place of a page; nil where it cannot be that.
  init(
    _ column: TableLayout.Column, of file: any SegmentFile,
    _ field: @escaping (TablePage, Int) -> Field?
  ) {
    self.column = column
    self.file = file
    self.field = field
  }

  /// The next field; nil at the end.
  ///
  /// - Throws: `JournalError` `tableUnusable` where a page's check does not hold, or a field is none.
  mutating func read() throws(JournalError) -> Field? {
    guard next < column.count else { return nil }
    let (page, offset) = column.place(of: next)
    if page >= first + pages.count { try readPages(from: page) }
    guard let field = field(pages[page - first], offset) else {
      throw .tableUnusable(file.path, "what stands in it cannot be")
    }
    next += 1
    return field
  }

  private mutating func readPages(from page: Int) throws(JournalError) {
    let count = min(Self.atOnce, column.page + column.pages - page)
    let size = TableLayout.pageSize
    let bytes = try file.bytes(at: Int64(page * size), count: count * size)
    pages.removeAll(keepingCapacity: true)
    first = page
    for number in 0..<count {
      let start = number * size
      guard start + size <= bytes.count, let page = TablePage(Array(bytes[start..<start + size]))
      else { throw .tableUnusable(file.path) }
      pages.append(page)
    }
  }
}
