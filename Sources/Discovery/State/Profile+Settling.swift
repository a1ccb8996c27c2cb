public import JournalEngine

/// Sessions that have ended never change again, so they leave the state for tables.
extension Profile {
  public func finalRecords() -> [SettledRecord] {
    var records: [SettledRecord] = []
    for session in table.oldestFirst {
      guard let record = session.finalRecord else { break }
      records.append(record)
    }
    return records
  }

  public var settledCount: Int { settled.count }

  public mutating func settle(_ records: SettledRecords) {
    let leaving = min(max(0, records.count - settled.count), table.count)
    for place in 0..<leaving { tally.add(table[place: place]) }
    table = table.dropFirst(leaving)
    settled = records
  }
}

extension Session {
  /// As a table keeps it; nil while it may still change.
  var finalRecord: SettledRecord? {
    span.map {
      SettledRecord(
        id: id, span: $0, label: status.label, measure: status == .completed ? duration : nil)
    }
  }
}

extension Session.Status {
  var label: UInt8 {
    switch self {
    case .inProgress: 0
    case .completed: 1
    case .failed: 2
    }
  }
}
