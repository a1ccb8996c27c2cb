extension RowReport {
  static let markdownHead = """
    | Row | Figure | Median | Lowest to highest | Goal |
    |---|---|---|---|---|

    """

  /// Lines of one table for all rows.
  var markdown: String {
    var title = "`\(row.name)`"
    var text = ""
    for series in series {
      guard let spread = Spread(series.values) else { continue }
      let unit = series.unit
      var goal = series.goal.map { Self.verdict($0, unit, spread.median) } ?? ""
      if let memory = Spread(series.peaks) {
        goal += goal.isEmpty ? "" : "; "
        goal += "peak memory \(Unit.bytes.text(memory.highest))"
        if let limit = series.memoryGoal {
          goal += " (\(Self.verdict(limit, .bytes, memory.highest)))"
        }
      }
      let name = series.role == .limit ? "*\(series.name)*" : series.name
      let range = "\(unit.short(spread.lowest)) to \(unit.short(spread.highest))"
      text += "| \(title) | \(name) | \(unit.text(spread.median)) | \(range) | \(goal) |\n"
      title = ""
    }
    return text
  }

  private static func verdict(_ goal: Goal, _ unit: Unit, _ value: Double) -> String {
    goal.text(unit) + (goal.isMet(by: value) ? ", met" : ", **not met**")
  }
}
