extension Bench {
  /// SQLite appending the same lines, where it is on this machine.
  func sqlite(
    _ synchronous: EventTable.Synchronous, each: Int = 1, transactions: Int? = nil,
    unit: Unit = .rate("events")
  ) throws -> [Contender] {
    guard let library = SQLite.library else { return [] }
    let lines = try JournalData.lines(self)
    let table = try EventTable(
      library, path("sqlite-\(Programs.number)-\(synchronous.rawValue)-\(each).db"), synchronous)
    var next = 0
    func append() throws {
      if next + each > lines.count { next = 0 }
      try table.append(lines[next..<next + each])
      next += each
    }
    let name = SQLite.name(synchronous)
    return [
      Contender(name, .peer, unit) { [scale] in
        guard let transactions else {
          return try Timing.rate(for: scale.window, each: each, append)
        }
        let seconds = try Timing.seconds { for _ in 0..<transactions { try append() } }
        return Sample(Double(transactions * each) / seconds)
      }
    ]
  }
}

extension SQLite {
  static func name(_ synchronous: EventTable.Synchronous) -> String {
    "SQLite \(synchronous.rawValue)"
  }
}
