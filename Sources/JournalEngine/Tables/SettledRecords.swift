/// The records of a state that stand in tables, by their numbers, counted from 0 in the order in
/// which they began.
///
/// Tables only say where to look: what a record is, the journal's own entries tell, and these are
/// held against the hash in the table.
public struct SettledRecords: Sendable {
  /// How many there are.
  public let count: Int
  /// The middle of their measures; nil where it is not known.
  let middle: MiddleMeasures?
  let source: TableSource?

  /// None.
  public static let none = SettledRecords(count: 0)

  /// So many that cannot be looked up, until a state is told where they stand.
  public init(count: Int) {
    self.count = count
    middle = nil
    source = nil
  }

  init(_ source: TableSource, middle: MiddleMeasures?) {
    self.source = source
    self.middle = middle
    count = source.count
  }

  /// What is known of the tables by now.
  var tables: KnownTables? { source?.tables }

  /// Takes over what is known of the tables of a state that this one's came from.
  func learn(from former: SettledRecords?) {
    if let known = former?.tables { source?.learn(from: known) }
  }

  /// Looks records up, by the tables if that goes well, and else in a state that is made of the
  /// whole journal: tables are never more than a short cut.
  ///
  /// - Parameters:
  ///   - tables: looks up what is here.
  ///   - replayed: sees a state with no settled records, perhaps a newer one: the first
  ///     ``count`` of its records are these.
  /// - Throws: what they throw, but no ``JournalError`` `tableUnusable`; ``JournalError`` as
  ///   ``JournalReader/replay(_:until:progress:)``.
  public func read<P: Projection, R>(
    _ type: P.Type, tables: (SettledRecords) throws -> R, replayed: (P) throws -> R
  ) throws -> R {
    while true {
      let known = source?.tables
      do {
        return try tables(self)
      } catch let error as JournalError where error.code == .tableUnusable {
        guard let source, let known else { throw error }
        if try source.lookAnew(insteadOf: known) { continue }
        return try replayed(source.replay(P.self))
      }
    }
  }

  /// The numbers of the records that may have an id: all that have it, and hardly ever another.
  ///
  /// - Throws: ``JournalError``, `tableUnusable` among them.
  ///
  /// Cost: about two pages of 4 KiB for each table, the first time; their number grows with the
  /// logarithm of ``count``, and beyond a million records by one for each million. Whoever goes on
  /// looking reads the keys of a table more each time, until an id that is in none costs no page:
  /// two bytes of memory a record.
  public func numbers(of id: String) throws(JournalError) -> [Int] {
    try numbers(of: id, from: 0)
  }

  /// The same of records from some number on.
  func numbers(of id: String, from oldest: Int) throws(JournalError) -> [Int] {
    guard let source else { return [] }
    let hash = TableKey.hash(id)
    let reading = TableReading(source)
    let tables = reading.tables
    if let next = tables.keys.beginReading(tables.names, from: oldest) {
      tables.keys.endReading(tables.names[next], try? reading.allKeys(of: next))
    }
    let wanted = tables.keys.records(with: hash, in: tables.names)
    if wanted.isEmpty { return [] }
    var found: [Int] = []
    for (index, table) in tables.names.enumerated()
    where table.end > oldest
      && wanted.contains(where: { $0.overlaps(table.first..<table.end) })
    {
      let search = try reading.keys(of: index)
      var place = try search.lowerBound(near: hash) { $0.hash < hash }
      while place < table.count {
        let key = try search[place]
        guard key.hash == hash else { break }
        guard key.row < UInt32(table.count) else { throw unusable(table) }
        let number = table.first + Int(key.row)
        if number >= oldest { found.append(number) }
        place += 1
      }
    }
    return found
  }

  /// Where the entries of a record stand, and how it ended.
  ///
  /// - Parameter number: from 0 to ``count`` − 1.
  public func span(_ number: Int) throws(JournalError) -> (span: EntrySpan, label: UInt8) {
    guard let source else { throw unusable(nil, "no table holds record \(number)") }
    return try span(number, TableReading(source))
  }

  private func span(
    _ number: Int, _ reading: TableReading
  ) throws(JournalError) -> (span: EntrySpan, label: UInt8) {
    guard let table = reading.table(of: number) else {
      throw unusable(nil, "no table holds record \(number)")
    }
    let row = try reading.rows(of: table)[number - reading.tables.names[table].first]
    return (row.span, row.label)
  }

  /// Folds the entries of records that follow one another into a state that is empty but for them.
  ///
  /// - Returns: a state that holds these records, and nothing that is worth knowing besides.
  /// - Throws: ``JournalError``: `tableUnusable` where the journal does not hold them there.
  ///
  /// Cost: reads the entries from the first record's first to the last one's last.
  public func replay<P: Projection>(
    _ numbers: Range<Int>, as type: P.Type = P.self
  ) throws(JournalError) -> P {
    guard let source, let first = numbers.first else { return P() }
    let reading = TableReading(source)
    let (start, _) = try span(first, reading)
    // One that began earlier may have ended later.
    var end = start
    for number in numbers.dropFirst() {
      let (other, _) = try span(number, reading)
      if other.last > end.last { end = other }
    }
    var visitor = SpanVisitor<P>(path: source.root + "/" + source.journal.text, end: end)
    do throws(JournalError) {
      guard
        let walk = try JournalWalk(
          source.folder(), name: source.journal, clock: source.system.clock, from: start.first)
      else { throw source.unusable(nil, "entry \(start.first.seq) is not where it says") }
      try walk.advance(&visitor)
      guard visitor.isFound, walk.damage == nil else {
        throw source.unusable(nil, "the entries \(start.first.seq) to \(end.last) are not there")
      }
    } catch {
      // Dropped or given up meanwhile: whoever asks is to look anew.
      guard error.code == .pruned || error.code == .repaired else { throw error }
      throw source.unusable(nil, error.message)
    }
    // The entries of a span that is the wrong one need not make sense by themselves.
    if let failure = visitor.fold.failure { throw source.unusable(nil, failure.message) }
    let state = visitor.fold.state
    var spans = state.finalRecords().lazy.map(\.span).makeIterator()
    for number in numbers where try spans.next() != span(number, reading).span {
      throw source.unusable(nil, "record \(number) is another one in the journal")
    }
    return state
  }

  /// The records' measures, a column in order for each table.
  func measures() throws(JournalError) -> [SortedColumn<Int64>] {
    guard let source else { return [] }
    let reading = TableReading(source)
    var columns: [SortedColumn<Int64>] = []
    for table in reading.tables.names.indices {
      columns.append(try reading.measures(of: table))
    }
    return columns
  }

  private func unusable(_ table: TableName?, _ cause: String = "it is missing or altered")
    -> JournalError
  {
    source?.unusable(table, cause)
      ?? JournalError(.tableUnusable, cause, hint: "read the journal from its first line")
  }
}

/// Takes the entries of a span into a state.
private struct SpanVisitor<P: Projection>: LineVisitor {
  var fold: Fold<P>
  let end: EntrySpan
  private(set) var isFound = false

  init(path: String, end: EntrySpan) {
    fold = Fold(path: path, state: P.partial())
    self.end = end
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    let (seq, hash) = unsafe (line.fields.seq, line.hash)
    guard seq <= end.last else { return false }
    _ = unsafe try fold.accepted(line)
    guard seq == end.last else { return true }
    isFound = hash.a == end.check
    return false
  }
}

/// Equal where they are as many: what they are is the journal's to say.
extension SettledRecords: Hashable {
  public static func == (a: SettledRecords, b: SettledRecords) -> Bool { a.count == b.count }

  public func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
