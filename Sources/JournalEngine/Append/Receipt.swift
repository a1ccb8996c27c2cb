/// What an append did.
public struct Receipt: Sendable {
  /// The first and last `seq` of what was recorded; nil where the decision was to record nothing.
  public let seqs: ClosedRange<Int64>?
  /// Whether it had been recorded before, under the same idempotency key: nothing was added now.
  public let isRepeated: Bool
  /// The type and subject of the last of the entries.
  public let type: String?
  public let subject: String?
  /// The entries that were added by this call, in order.
  public let entries: [Entry]

  /// The last entry of the journal when this was done.
  public let head: Head

  init(entries: [Entry], head: Head) {
    self.head = head
    if let first = entries.first, let last = entries.last {
      seqs = first.seq...max(first.seq, last.seq)
    } else {
      seqs = nil
    }
    isRepeated = false
    type = entries.last?.type
    subject = entries.last?.subject
    self.entries = entries
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
    isRepeated = true
    type = record.type
    subject = record.subject
    entries = []
  }
}
