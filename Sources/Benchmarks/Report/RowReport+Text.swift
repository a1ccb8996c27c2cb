extension RowReport {
  /// A table for people.
  var text: String {
    let lines = series.compactMap(Self.cells)
    let widths = (0..<3).map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = "\(row.name): \(row.summary)\n"
    for cells in lines {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line = "  " + (padded + cells.dropFirst(3)).joined(separator: "  ")
      text += line.trimmingBlanks + "\n"
    }
    for note in notes { text += "  " + note + "\n" }
    text += "  peak memory of this row's process: \(Unit.bytes.text(peakMemory))\n"
    return text
  }

  private static func cells(_ series: Series) -> [String]? {
    guard let spread = Spread(series.values) else { return nil }
    let unit = series.unit
    var rest = ""
    if let goal = series.goal { rest += verdict(goal, unit, spread.median) }
    if let memory = Spread(series.peaks) {
      rest += rest.isEmpty ? "" : ", "
      rest += "peak memory \(Unit.bytes.text(memory.highest))"
      if let goal = series.memoryGoal { rest += " (\(verdict(goal, .bytes, memory.highest)))" }
    }
    let name = series.role == .limit ? series.name + " (limit)" : series.name
    let range = "\(unit.short(spread.lowest)) to \(unit.short(spread.highest))"
    return [name, unit.text(spread.median), "[\(range)]", rest]
  }

  private static func verdict(_ goal: Goal, _ unit: Unit, _ value: Double) -> String {
    "goal \(goal.text(unit)): " + (goal.isMet(by: value) ? "met" : "NOT MET")
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
