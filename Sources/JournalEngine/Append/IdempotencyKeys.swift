/// The `id`s of the newest lines that carry one (``LineFormat/rememberedIDs``), and what they stand
/// on, so that the same call adds nothing the second time.
package struct IdempotencyKeys: Sendable {
  /// What was recorded under a key.
  package struct Record: Sendable {
    package let first: Int64
    package let last: Int64
    package let type: String
    package let subject: String?
    /// nil where an earlier version's snapshot did not keep it.
    var line: Line?
    /// Counted from 0 over the whole journal.
    var number = 0
  }

  /// Where the line stands that carries a key, the last one of its group.
  package struct Line: Sendable, Equatable {
    let segment: Int64
    let offset: Int64
    /// The first 8 bytes of its hash.
    let check: UInt64
  }

  /// The older ones, which stand in tables; they have the numbers up to its count.
  private(set) var settled: SettledRecords?
  // By exact bytes: `String` takes some for equal that are spelled otherwise.
  private var records: [JSONKey: Record] = [:]
  private var ring: [JSONKey] = []
  private var next = 0
  private let limit: Int
  /// The number of the oldest one here, counted from 0 over the whole journal.
  private(set) var first = 0
  /// Whether these numbers are known: snapshots of earlier versions did not keep them.
  private(set) var areNumbered = true

  package init(limit: Int = LineFormat.rememberedIDs) {
    self.limit = max(1, limit)
  }

  /// - Parameters:
  ///   - first: how many keys came before those that will be remembered.
  ///   - areSettled: whether these stand in tables.
  init(after first: Int, areSettled: Bool, areNumbered: Bool) {
    self.init()
    self.first = first
    self.areNumbered = areNumbered
    if areSettled, first > 0 { settled = SettledRecords(count: first) }
  }

  /// How many keys stand in tables.
  var settledCount: Int { settled?.count ?? 0 }

  /// The number of the oldest key that is remembered.
  var oldest: Int { max(0, end - limit) }

  /// What was recorded under a key, where that is remembered.
  ///
  /// - Throws: ``JournalError``, where what tables lead to cannot be read, and neither can the
  ///   journal without them.
  ///
  /// Cost: constant; as ``SettledRecords/numbers(of:)`` where some stand in tables.
  func record<P: Projection>(of id: String, _ type: P.Type) throws(JournalError) -> Record? {
    if settledCount > oldest, let record = try settled?.key(id, from: oldest, P.self) {
      return record
    }
    return self[id]
  }

  /// The number behind that of the newest key.
  var end: Int { first + ring.count }

  /// The newest key, as a table has it.
  var newest: SettledRecord? {
    let place = ring.count < limit ? ring.count - 1 : (next + limit - 1) % limit
    guard ring.indices.contains(place) else { return nil }
    return records[ring[place]].flatMap { Self.settled(ring[place].text, $0) }
  }

  /// What was recorded under a key that does not stand in a table.
  package subscript(_ id: String) -> Record? { records[JSONKey(text: id)] }

  /// Whether a table can take them: an earlier version's snapshot did not keep what that needs.
  var canSettle: Bool { areNumbered && records.values.allSatisfy { $0.line != nil } }

  /// How many stand in no table.
  var unsettledCount: Int { ring.count }

  /// Those that stand in no table, as one would have them.
  var unsettled: [SettledRecord] {
    inOrder.compactMap { key, record in Self.settled(key, record) }
  }

  /// Forgets those that stand in a table already. Such a line can only come from another
  /// implementation; as long as its key was in memory when it was read, it was given no number.
  mutating func dropRepeats<P: Projection>(_ type: P.Type) throws(JournalError) {
    guard let settled else { return }
    var rest: [(key: String, record: Record)] = []
    for (key, record) in inOrder where try settled.key(key, from: oldest, P.self) == nil {
      rest.append((key, record))
    }
    if rest.count < ring.count { self = IdempotencyKeys(like: self, first: first, rest) }
  }

  private init(like other: IdempotencyKeys, first: Int, _ rest: [(key: String, record: Record)]) {
    self.init(limit: other.limit)
    settled = other.settled
    areNumbered = other.areNumbered
    self.first = first
    for (key, record) in rest { remember(key, record) }
  }

  private static func settled(_ key: String, _ record: Record) -> SettledRecord? {
    guard let line = record.line else { return nil }
    let start = LineStart(seq: record.first, segment: line.segment, offset: line.offset)
    return SettledRecord(
      id: key, span: EntrySpan(first: start, last: record.last, check: line.check))
  }

  /// Looks those that stand in tables up in these.
  mutating func open(_ tables: SettledRecords) { settled = tables }

  /// Leaves the oldest ones to tables.
  ///
  /// - Parameters:
  ///   - tables: of all keys up to some number.
  ///   - last: the last entry that they need: those of later lines stay.
  mutating func settle(_ tables: SettledRecords, through last: Int64) {
    let rest = inOrder.filter { $0.record.last > last }
    settled = tables
    self = IdempotencyKeys(like: self, first: tables.count, rest)
  }

  /// - Returns: whether it carries a key that is not remembered yet.
  @discardableResult
  package mutating func remember(_ entry: Entry, groupStart: Int64) -> Bool {
    guard entry.fields.id != nil, let id = entry.id else { return false }
    return remember(
      id,
      Record(
        first: groupStart, last: entry.seq, type: entry.type, subject: entry.subject,
        line: Line(
          segment: entry.place.segment, offset: entry.place.offset, check: entry.check)))
  }

  /// The keys and what they stand on, the oldest first.
  var inOrder: [(key: String, record: Record)] {
    let keys = ring.count < limit ? ring[...] : ring[next...] + ring[..<next]
    return keys.compactMap { key in records[key].map { (key.text, $0) } }
  }

  @discardableResult
  mutating func remember(_ key: String, _ record: Record) -> Bool {
    let id = JSONKey(text: key)
    // A second line with the key can only come from another implementation: the first one stands.
    guard records[id] == nil else { return false }
    if ring.count < limit {
      ring.append(id)
    } else {
      records[ring[next]] = nil
      first += 1
      ring[next] = id
      next = (next + 1) % limit
    }
    var numbered = record
    numbered.number = end - 1
    records[id] = numbered
    return true
  }
}
