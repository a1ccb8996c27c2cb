/// What an append did.
public struct Receipt: Sendable {
  /// The first and last `seq` of what was recorded; nil where the decision was to record nothing.
  public let seqs: ClosedRange<Int64>?
  /// The entries that were added by this call, in order.
  public let entries: [Entry]

  /// The last entry of the journal when this was done.
  public let head: Head

  /// What was recorded before under the same idempotency key.
  private let earlier: IdempotencyKeys.Record?

  /// Whether it had been recorded before, under the same idempotency key: nothing was added now.
  public var isRepeated: Bool { earlier != nil }

  /// The type of the last of the entries.
  public var type: String? { earlier?.type ?? entries.last?.type }

  /// What the last of the entries is about.
  public var subject: String? {
    if let earlier { return earlier.subject }
    return entries.last?.subject
  }

  /// How many bytes its entries' lines have.
  var size: Int { entries.reduce(0) { $0 + $1.place.length } }

  init(entries: [Entry], head: Head) {
    self.head = head
    self.entries = entries
    earlier = nil
    if let first = entries.first, let last = entries.last {
      seqs = first.seq...max(first.seq, last.seq)
    } else {
      seqs = nil
    }
  }

  /// The same with the places where its entries were found.
  func standing(as accepted: AcceptedLines) -> Receipt {
    guard case .some(let places) = accepted else { return self }
    if entries.allSatisfy({ places[$0.hash] == $0.place }) { return self }
    let found = entries.map { entry in
      entry.standing(at: places[entry.hash] ?? entry.place)
    }
    return Receipt(entries: found, head: head)
  }

  init(_ record: IdempotencyKeys.Record, head: Head) {
    self.head = head
    seqs = record.first...max(record.first, record.last)
    earlier = record
    entries = []
  }
}
