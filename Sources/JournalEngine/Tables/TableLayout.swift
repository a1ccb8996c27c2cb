/// How a table's bytes are laid out (Docs/Format.md, "Tables"): pages of one size, each with a
/// check of its own, so that one page can be read and believed without the rest.
///
/// The first page says what the table is. Then come, each from the start of a page: a row for each
/// record in its order; the keys, sorted, each with the number of its row; the measures, sorted.
/// Numbers are big-endian.
struct TableLayout: Equatable {
  static let pageSize = 4096
  /// Bytes of a page before its check: the first 8 bytes of their SHA-256.
  static let payload = pageSize - 8

  static let rowSize = 41
  static let keySize = 12
  static let measureSize = 8

  let rows: Int
  let measures: Int

  /// Fields of one kind, from one page on.
  struct Column: Equatable {
    let page: Int
    let count: Int
    let size: Int

    var perPage: Int { TableLayout.payload / size }
    var pages: Int { (count + perPage - 1) / perPage }

    /// The page of a field, and where it begins there.
    func place(of index: Int) -> (page: Int, offset: Int) {
      (page + index / perPage, index % perPage * size)
    }
  }

  var rowColumn: Column { Column(page: 1, count: rows, size: Self.rowSize) }

  var keyColumn: Column {
    Column(page: rowColumn.page + rowColumn.pages, count: rows, size: Self.keySize)
  }

  var measureColumn: Column {
    Column(page: keyColumn.page + keyColumn.pages, count: measures, size: Self.measureSize)
  }

  var pages: Int { measureColumn.page + measureColumn.pages }

  static func check(_ payload: some Collection<UInt8>) -> UInt64 { Digest(of: Array(payload)).a }
}

/// The row of a record.
struct TableRow: Equatable, Hashable {
  var span: EntrySpan
  var label: UInt8
}

/// The key of a record: the first 8 bytes of its id's SHA-256, and the number of its row.
struct TableKey: Equatable, Comparable {
  let hash: UInt64
  var row: UInt32

  static func < (a: TableKey, b: TableKey) -> Bool { (a.hash, a.row) < (b.hash, b.row) }

  static func hash(_ id: String) -> UInt64 { Digest(of: Array(id.utf8)).a }
}
