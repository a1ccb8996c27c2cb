/// The idempotency keys of a journal's lines, as its tables and snapshots should hold them.
struct KeyCollection {
  let tables: [TableName]
  /// Whether there is anything to hold against them.
  private let areWanted: Bool
  /// The number of the first key that one of them holds.
  private let first: Int
  private var keys = IdempotencyKeys()
  /// Those that later lines carry too.
  private var repeated: Set<JSONKey> = []
  private var records: [SettledRecord] = []

  init(_ tables: [TableName], snapshots: [SnapshotName] = []) {
    self.tables = tables
    areWanted = !tables.isEmpty || !snapshots.isEmpty
    first = tables.map(\.first).min() ?? .max
  }

  /// Takes an entry, in order from the journal's first one on.
  mutating func take(_ line: AcceptedLine) {
    guard areWanted, unsafe line.fields.id != nil else { return }
    let entry = unsafe line.entry
    guard keys.remember(entry, groupStart: unsafe line.groupStart) else {
      if let id = entry.id { repeated.insert(JSONKey(text: id)) }
      return
    }
    if keys.end > first, let newest = keys.newest { records.append(newest) }
  }

  /// Begins with what a snapshot remembers, where the lines before it were dropped.
  mutating func begin(with snapshot: Snapshot) { keys = snapshot.keys }

  /// Whether a snapshot of the last entry that was taken remembers what it should.
  func agree(with snapshot: Snapshot) -> Bool { keys.agree(with: snapshot.keys, but: repeated) }

  /// What a table should hold; nil where there are not so many.
  func records(of table: TableName) -> ArraySlice<SettledRecord>? {
    guard table.end - first <= records.count else { return nil }
    return records[table.first - first..<table.end - first]
  }
}
