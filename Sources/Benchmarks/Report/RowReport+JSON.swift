internal import JournalEngine

extension RowReport {
  var json: JSON {
    .object([
      "row": .string(row.name), "measures": .string(row.summary),
      "figures": .array(series.compactMap(Self.json)),
      "notes": .array(notes.map(JSON.string)), "peak_memory": Self.number(peakMemory),
    ])
  }

  private static func json(_ series: Series) -> JSON? {
    guard let spread = Spread(series.values) else { return nil }
    var object: JSONObject = [
      "name": .string(series.name), "role": .string(series.role.rawValue),
      "unit": .string(series.unit.name), "median": number(spread.median),
      "lowest": number(spread.lowest), "highest": number(spread.highest),
      "runs": .array(series.values.map(number)),
    ]
    if let goal = series.goal {
      object["goal"] = json(goal)
      object["met"] = .bool(goal.isMet(by: spread.median))
    }
    if let memory = Spread(series.peaks) {
      object["peak_memory"] = number(memory.highest)
      if let goal = series.memoryGoal {
        object["memory_goal"] = json(goal)
        object["memory_met"] = .bool(goal.isMet(by: memory.highest))
      }
    }
    return .object(object)
  }

  private static func json(_ goal: Goal) -> JSON {
    switch goal {
    case .atLeast(let bound): .object(["at_least": number(bound)])
    case .atMost(let bound): .object(["at_most": number(bound)])
    }
  }

  private static func number(_ value: Double) -> JSON {
    JSONNumber(value).map(JSON.number) ?? .null
  }
}
