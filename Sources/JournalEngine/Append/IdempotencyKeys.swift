/// The `id`s of the newest lines that carry one (``LineFormat/rememberedIDs``), and what they stand
/// on, so that the same call adds nothing the second time.
package struct IdempotencyKeys: Sendable {
  /// What was recorded under a key.
  package struct Record: Sendable {
    package let first: Int64
    package let last: Int64
    package let type: String
    package let subject: String?
  }

  // By exact bytes: `String` takes some for equal that are spelled otherwise.
  private var records: [JSONKey: Record] = [:]
  private var ring: [JSONKey] = []
  private var next = 0
  private let limit: Int

  package init(limit: Int = LineFormat.rememberedIDs) {
    self.limit = max(1, limit)
  }

  package subscript(_ id: String) -> Record? { records[JSONKey(text: id)] }

  package mutating func remember(_ entry: Entry, groupStart: Int64) {
    guard entry.fields.id != nil, let id = entry.id else { return }
    remember(
      id,
      Record(first: groupStart, last: entry.seq, type: entry.type, subject: entry.subject))
  }

  /// The keys and what they stand on, the oldest first.
  var inOrder: [(key: String, record: Record)] {
    let keys = ring.count < limit ? ring[...] : ring[next...] + ring[..<next]
    return keys.compactMap { key in records[key].map { (key.text, $0) } }
  }

  mutating func remember(_ key: String, _ record: Record) {
    let id = JSONKey(text: key)
    // A second line with the key can only come from another implementation: the first one stands.
    guard records[id] == nil else { return }
    if ring.count < limit {
      ring.append(id)
    } else {
      records[ring[next]] = nil
      ring[next] = id
      next = (next + 1) % limit
    }
    records[id] = record
  }
}
