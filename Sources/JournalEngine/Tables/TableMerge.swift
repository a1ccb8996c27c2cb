/// Makes one table of several that follow one another, page after page. Memory: some pages of each.
struct TableMerge {
  private let tables: [TableFile]
  let header: TableHeader

  /// So many pages are handed on at once.
  private static let atOnce = 256

  /// - Parameter names: two at least, of one projection.
  /// - Throws: `JournalError` `tableUnusable` where one of them is not there, or is not what its name
  ///   says; or they do not make one.
  init(
    _ names: ArraySlice<TableName>, of journal: JournalName, in folder: any JournalFolder
  ) throws(JournalError) {
    var tables: [TableFile] = []
    for name in names { tables.append(try TableFile(name, of: journal, in: folder)) }
    guard let first = names.first, let end = names.last?.end,
      let name = TableName(
        last: names.reduce(0) { max($0, $1.last) }, projector: first.projector,
        version: first.version, first: first.first, count: end - first.first)
    else { throw .tableUnusable(folder.path, "it does not follow another") }
    self.tables = tables
    header = TableHeader(
      name: name, journal: journal, measures: tables.reduce(0) { $0 + $1.header.measures })
  }

  /// Whether the one table is there already, with just these bytes.
  func isThere(in folder: any JournalFolder) throws(JournalError) -> Bool {
    guard let file = try folder.openForReading(header.name.file),
      try file.size() == Int64(header.layout.pages) * Int64(TableLayout.pageSize)
    else { return false }
    var offset: Int64 = 0
    return try write { pages throws(JournalError) in
      defer { offset += Int64(pages.count) }
      return try file.bytes(at: offset, count: pages.count) == pages
    }
  }

  /// Hands on the bytes of the one table: those that ``TableContents`` of all their records would give.
  ///
  /// - Parameter take: returns false to have enough.
  /// - Returns: whether all of them were taken.
  /// - Throws: `JournalError` `tableUnusable` where one of the tables is altered; what `take` throws.
  ///
  /// Cost: reading the tables once.
  func write(
    _ take: ([UInt8]) throws(JournalError) -> Bool
  ) throws(JournalError) -> Bool {
    var writer = TableWriter(header, capacity: Self.atOnce + 1)
    var goesOn = true
    func handOn() throws(JournalError) {
      if writer.pages >= Self.atOnce { goesOn = try take(writer.takePages()) }
    }
    for table in tables {
      var rows = table.rows
      while goesOn, let row = try rows.read() {
        writer.put(row)
        try handOn()
      }
    }
    writer.endColumn()
    var bases: [UInt32] = [0]
    for table in tables { bases.append((bases.last ?? 0) + UInt32(table.header.name.count)) }
    var keys = try OrderedColumns(zip(tables, bases).map { $0.keys(base: $1) })
    while goesOn, let key = try keys.read() {
      writer.put(key)
      try handOn()
    }
    writer.endColumn()
    var measures = try OrderedColumns(tables.map(\.measures))
    while goesOn, let measure = try measures.read() {
      writer.put(measure)
      try handOn()
    }
    writer.endColumn()
    guard goesOn else { return false }
    return try take(writer.takePages())
  }
}

/// Several columns that are in order, read as one that is.
private struct OrderedColumns<Field: Comparable> {
  private var columns: [ColumnReader<Field>]
  /// The next field of each.
  private var next: [Field?] = []

  init(_ columns: [ColumnReader<Field>]) throws(JournalError) {
    self.columns = columns
    for place in columns.indices { next.append(try self.columns[place].read()) }
  }

  mutating func read() throws(JournalError) -> Field? {
    var least: (place: Int, field: Field)?
    for (place, field) in next.enumerated() {
      guard let field else { continue }
      if let known = least, known.field <= field { continue }
      least = (place, field)
    }
    guard let least else { return nil }
    next[least.place] = try columns[least.place].read()
    return least.field
  }
}
