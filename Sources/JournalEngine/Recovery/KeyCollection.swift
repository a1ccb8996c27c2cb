/// The idempotency keys of a journal's lines that tables are of, as these should hold them.
struct KeyCollection {
  let tables: [TableName]
  /// The number of the first key that one of them holds.
  private let first: Int
  private var keys = IdempotencyKeys()
  private var records: [SettledRecord] = []

  init(_ tables: [TableName]) {
    self.tables = tables
    first = tables.map(\.first).min() ?? .max
  }

  /// Takes an entry, in order from the journal's first one on.
  mutating func take(_ line: AcceptedLine) {
    guard !tables.isEmpty, unsafe line.fields.id != nil else { return }
    guard keys.remember(unsafe line.entry, groupStart: unsafe line.groupStart), keys.end > first
    else { return }
    if let newest = keys.newest { records.append(newest) }
  }

  /// What a table should hold; nil where there are not so many.
  func records(of table: TableName) -> ArraySlice<SettledRecord>? {
    guard table.end - first <= records.count else { return nil }
    return records[table.first - first..<table.end - first]
  }
}
