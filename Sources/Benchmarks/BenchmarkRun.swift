internal import JournalEngine

/// One run of the program: each row in a process of its own, one after the other, so that no row
/// inherits another's memory, threads or caches.
struct BenchmarkRun {
  private let options: Options
  private let rows: [Row]

  init(_ options: Options) {
    self.options = options
    rows = options.rows.isEmpty ? Row.all : Row.all.filter { options.rows.contains($0.name) }
  }

  /// - Returns: whether every row could be run.
  func run() throws -> Bool {
    let scratch = try Scratch(in: options.root, space: options.scale.space)
    Interrupts.handle()
    defer { scratch.remove() }
    let machine = Machine(scratch: scratch.path)
    return options.format == .json
      ? try writeJSON(machine, scratch) : try writeText(machine, scratch)
  }

  private func writeText(_ machine: Machine, _ scratch: Scratch) throws -> Bool {
    Output.write(machine.text + "\n")
    if options.format == .markdown { Output.write(RowReport.markdownHead) }
    var failed: [String] = []
    for row in rows {
      let ended = try finish(row, scratch, output: .inherited)
      if ended.isInterrupted { return false }
      if ended.status != 0 { failed.append(row.name) }
    }
    for name in failed { Output.write("\(name): could not be run\n") }
    return failed.isEmpty
  }

  private func writeJSON(_ machine: Machine, _ scratch: Scratch) throws -> Bool {
    var reports: [JSON] = []
    var isWhole = true
    for row in rows {
      let ended = try finish(row, scratch, output: .captured)
      if ended.isInterrupted { return false }
      if ended.status == 0, let report = try? JSON(parsing: ended.output) {
        reports.append(report)
      } else {
        isWhole = false
        reports.append(["row": .string(row.name), "failed": .bool(true)])
      }
    }
    let report: JSONObject = [
      "machine": machine.json, "runs": .number(JSONNumber(options.runs)),
      "seed": .number(JSONNumber(options.seed)), "scale": .string(options.scale.rawValue),
      "rows": .array(reports),
    ]
    Output.write(JSON.object(report).prettyText() + "\n")
    return isWhole
  }

  private func finish(
    _ row: Row, _ scratch: Scratch, output: Child.Stream
  ) throws -> Child.Ended {
    let child = try Child(
      [Programs.own] + options.arguments(row: row.name, scratch: scratch.path), output: output)
    Interrupts.pass(to: child.id)
    defer { Interrupts.pass(to: 0) }
    return try child.finish()
  }
}
