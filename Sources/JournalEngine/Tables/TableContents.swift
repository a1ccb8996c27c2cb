/// All that a table holds: what is written, and what is merged.
struct TableContents: Equatable {
  /// In the order of the records.
  private(set) var rows: [TableRow] = []
  /// In order.
  private(set) var keys: [TableKey] = []
  /// In order.
  private(set) var measures: [Int64] = []

  init(_ records: some Collection<SettledRecord>) {
    rows.reserveCapacity(records.count)
    keys.reserveCapacity(records.count)
    for record in records {
      keys.append(TableKey(hash: TableKey.hash(record.id), row: UInt32(rows.count)))
      rows.append(TableRow(span: record.span, label: record.label))
      if let measure = record.measure { measures.append(measure) }
    }
    keys.sort()
    measures.sort()
  }

  /// The records of tables that follow one another, in one.
  init(merging tables: [TableContents]) {
    for table in tables {
      let base = UInt32(rows.count)
      rows += table.rows
      keys += table.keys.map { TableKey(hash: $0.hash, row: $0.row + base) }
      measures += table.measures
    }
    keys.sort()
    measures.sort()
  }

  /// The bytes of the file: the same for the same records, whoever writes it.
  func encoded(_ name: TableName, of journal: JournalName) -> [UInt8] {
    let layout = TableLayout(rows: rows.count, measures: measures.count)
    var writer = PageWriter(capacity: layout.pages)
    writer.add(
      TableHeader(name: name, journal: journal, measures: measures.count).bytes,
      padding: UInt8(ascii: " "))
    writer.endPage()
    for row in rows {
      writer.begin(TableLayout.rowSize)
      writer.put(row.span.first.seq)
      writer.put(row.span.first.segment)
      writer.put(row.span.first.offset)
      writer.put(row.span.last)
      writer.put(Int64(bitPattern: row.span.check))
      writer.add([row.label])
    }
    writer.endPage()
    for key in keys {
      writer.begin(TableLayout.keySize)
      writer.put(Int64(bitPattern: key.hash))
      writer.put(key.row)
    }
    writer.endPage()
    for measure in measures {
      writer.begin(TableLayout.measureSize)
      writer.put(measure)
    }
    writer.endPage()
    return writer.bytes
  }

  /// Reads a whole table; nil where anything of it does not hold.
  init?(_ bytes: [UInt8], name: TableName, journal: JournalName) {
    guard bytes.count >= TableLayout.pageSize, bytes.count % TableLayout.pageSize == 0,
      let header = TableHeader(bytes.prefix(TableLayout.payload)), header.name == name,
      header.journal == journal, bytes.count == header.layout.pages * TableLayout.pageSize
    else { return nil }
    var pages: [TablePage] = []
    for start in stride(from: 0, to: bytes.count, by: TableLayout.pageSize) {
      guard let page = TablePage(Array(bytes[start..<start + TableLayout.pageSize])) else {
        return nil
      }
      pages.append(page)
    }
    let layout = header.layout
    func read<Field>(_ column: TableLayout.Column, _ field: (TablePage, Int) -> Field) -> [Field] {
      (0..<column.count).map { index in
        let place = column.place(of: index)
        return field(pages[place.page], place.offset)
      }
    }
    rows = read(layout.rowColumn) { $0.row(at: $1) }
    keys = read(layout.keyColumn) { $0.key(at: $1) }
    measures = read(layout.measureColumn) { $0.number(at: $1) }
    guard keys.allSatisfy({ $0.row < rows.count }) else { return nil }
  }
}

/// Fills pages with fields, none of which stands in two.
private struct PageWriter {
  private(set) var bytes: [UInt8] = []
  private var filled = 0

  init(capacity pages: Int) { bytes.reserveCapacity(pages * TableLayout.pageSize) }

  mutating func begin(_ size: Int) {
    if filled + size > TableLayout.payload { endPage() }
  }

  mutating func add(_ field: some Collection<UInt8>, padding: UInt8 = 0) {
    bytes.append(contentsOf: field)
    filled += field.count
    if padding != 0 {
      bytes.append(contentsOf: repeatElement(padding, count: TableLayout.payload - filled))
      filled = TableLayout.payload
    }
  }

  mutating func put(_ number: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: number.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    filled += number.bitWidth / 8
  }

  mutating func endPage() {
    guard filled > 0 else { return }
    bytes.append(contentsOf: repeatElement(0, count: TableLayout.payload - filled))
    let start = bytes.count - TableLayout.payload
    filled = 0
    let check = TableLayout.check(bytes[start...])
    unsafe withUnsafeBytes(of: check.bigEndian) { unsafe bytes.append(contentsOf: $0) }
  }
}
