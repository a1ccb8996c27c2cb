/// Selection from several columns, as if all of them were sorted into one.
struct SortedColumns {
  private let columns: [SortedColumn<Int64>]
  /// Of each column, the part in which the element may still stand.
  private var parts: [Range<Int>]
  /// Its place in these parts.
  private var rank: Int

  /// The element that would stand at a place if all columns were sorted into one.
  ///
  /// - Parameter place: from 0 to the number of all fields − 1.
  ///
  /// Cost: one look into each column where all fields are the same, three or four where the columns
  /// are much alike; where they are not, parts are halved, by some 20 looks into a column of a
  /// million.
  static func element(
    _ place: Int, of columns: [SortedColumn<Int64>]
  ) throws(JournalError) -> Int64 {
    var search = SortedColumns(
      columns: columns, parts: columns.map { 0..<$0.count }, rank: place)
    while true {
      let before = search.parts
      if let found = try search.narrowByProbes() { return found }
      guard search.parts == before else { continue }
      if let found = try search.halve() { return found }
    }
  }

  private struct Probe {
    let column: Int
    let place: Int
    let value: Int64
  }

  /// Looks into each part where the element would be if all of them were alike. What is seen there
  /// bounds it from both sides.
  ///
  /// - Returns: the element, where the bounds meet.
  private mutating func narrowByProbes() throws(JournalError) -> Int64? {
    let count = parts.reduce(0) { $0 + $1.count }
    let share = (Double(rank) + 0.5) / Double(max(1, count))
    var probes: [Probe] = []
    for (column, part) in parts.enumerated() where !part.isEmpty {
      let place = part.lowerBound + min(part.count - 1, Int(Double(part.count) * share))
      probes.append(Probe(column: column, place: place, value: try columns[column][place]))
    }
    // Up to a probe's place there are this many that are no higher than the bound, and from it on
    // this many that are no lower: enough of them, and the element is not beyond it.
    let high = probes.map(\.value).filter { value in
      probes.reduce(0) { sum, probe in
        probe.value <= value ? sum + probe.place - parts[probe.column].lowerBound + 1 : sum
      } > rank
    }.min()
    let low = probes.map(\.value).filter { value in
      probes.reduce(0) { sum, probe in
        probe.value >= value ? sum + parts[probe.column].upperBound - probe.place : sum
      } >= count - rank
    }.max()
    guard let high, let low else { return nil }
    if high == low { return high }
    for probe in probes { try cut(probe, low, high) }
    return nil
  }

  /// Drops what is beyond the bounds, as far as the probe and two looks near by show it.
  private mutating func cut(
    _ probe: Probe, _ low: Int64, _ high: Int64
  ) throws(JournalError) {
    let column = columns[probe.column]
    var part = parts[probe.column]
    // What stands behind the probe is no lower than the bound then, and was not counted for it.
    if probe.value >= high { part = part.lowerBound..<probe.place + 1 }
    if probe.value <= low {
      rank -= probe.place - part.lowerBound
      part = probe.place..<part.upperBound
    }
    // Where columns are alike, the bounds stand near each probe.
    let step = max(1, part.count / 64)
    let above = probe.value > high ? probe.place - step : probe.place + step
    if part.contains(above), try column[above] > high { part = part.lowerBound..<above }
    let below = probe.value < low ? probe.place + step : probe.place - step
    if part.contains(below), try column[below] < low {
      rank -= below + 1 - part.lowerBound
      part = below + 1..<part.upperBound
    }
    parts[probe.column] = part
  }

  /// Drops half of the longest part, or all but one value of it.
  ///
  /// - Returns: the element, where that value is it.
  private mutating func halve() throws(JournalError) -> Int64? {
    guard let longest = parts.indices.max(by: { parts[$0].count < parts[$1].count }),
      !parts[longest].isEmpty
    else { return 0 }  // never: the element stands in one of the parts
    let part = parts[longest]
    let pivot = try columns[longest][part.lowerBound + part.count / 2]
    var below: [Int] = []
    var through: [Int] = []
    for (column, part) in zip(columns, parts) {
      let first = try column.lowerBound(in: part) { $0 < pivot }
      below.append(first)
      through.append(try column.lowerBound(in: first..<part.upperBound) { $0 <= pivot })
    }
    let lower = zip(below, parts).reduce(0) { $0 + $1.0 - $1.1.lowerBound }
    let upTo = zip(through, parts).reduce(0) { $0 + $1.0 - $1.1.lowerBound }
    if rank < lower {
      parts = zip(parts, below).map { $0.lowerBound..<$1 }
    } else if rank < upTo {
      return pivot
    } else {
      rank -= upTo
      parts = zip(parts, through).map { $1..<$0.upperBound }
    }
    return nil
  }
}
