/// Fits the columns of a table to a width.
enum TableFit {
  /// A column that cannot have this much is better left out.
  private static let leastUseful = 4

  /// The widths to show, zero for a column that is left out.
  ///
  /// First the flexible columns give way down to their minimum, then all columns as far as they
  /// stay useful, then columns are left out: the lowest priority first, the rightmost of equals,
  /// and the first column of the table never.
  static func widths(_ natural: [Int], columns: [Table.Column], total: Int) -> [Int] {
    let total = max(1, total)
    let natural = natural.map { min($0, total) }
    var shown = natural.indices.filter { natural[$0] > 0 }
    while true {
      var widths = natural
      for index in widths.indices where !shown.contains(index) { widths[index] = 0 }
      let gaps = max(0, shown.count - 1) * Table.gap
      var excess = widths.reduce(gaps, +) - total
      excess = shrink(&widths, by: excess, shown.filter { columns[$0].flexible }, columns) {
        max(columns[$0].minimumWidth, min(natural[$0], leastUseful))
      }
      excess = shrink(&widths, by: excess, shown, columns) { min(natural[$0], leastUseful) }
      if excess <= 0 { return widths }
      guard let victim = leastImportant(shown.dropFirst(), columns) else {
        return shown.first.map { only in
          widths.indices.map { $0 == only ? total : 0 }
        } ?? widths
      }
      shown.removeAll { $0 == victim }
    }
  }

  private static func leastImportant(
    _ indices: ArraySlice<Int>, _ columns: [Table.Column]
  ) -> Int? {
    indices.reversed().min { columns[$0].priority < columns[$1].priority }
  }

  /// Takes from the widest of the lowest priority until nothing is in excess or no column can
  /// give more. Returns what is still in excess.
  private static func shrink(
    _ widths: inout [Int], by excess: Int, _ indices: [Int], _ columns: [Table.Column],
    floor: (Int) -> Int
  ) -> Int {
    var excess = excess
    for priority in Set(indices.map { columns[$0].priority }).sorted() {
      let members = indices.filter { columns[$0].priority == priority }
      while excess > 0 {
        let willing = members.filter { widths[$0] > floor($0) }
        guard let widest = willing.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return excess
  }
}
