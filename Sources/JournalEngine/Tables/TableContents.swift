/// All that a table of some records holds.
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

  /// The bytes of the file: the same for the same records, whoever writes it.
  func encoded(_ name: TableName, of journal: JournalName) -> [UInt8] {
    let header = TableHeader(name: name, journal: journal, measures: measures.count)
    var writer = TableWriter(header, capacity: header.layout.pages)
    for row in rows { writer.put(row) }
    writer.endColumn()
    for key in keys { writer.put(key) }
    writer.endColumn()
    for measure in measures { writer.put(measure) }
    writer.endColumn()
    return writer.bytes
  }
}
