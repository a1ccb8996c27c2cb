internal import JournalEngine

/// What a row works with.
struct Bench: Sendable {
  let options: Options
  /// The folder of all data, the same for all rows of a session.
  let scratch: String

  var scale: Scale { options.scale }

  /// Runs the one row that this process is for, and writes its report.
  func runRow() async throws {
    guard let name = options.rows.first, let row = Row.all.first(where: { $0.name == name }) else {
      throw Options.Wrong(message: "no row is given")
    }
    Output.complain("… \(row.name)")
    var report = RowReport(row)
    try await row.run(self, &report)
    report.peakMemory = Memory.peak()
    Output.write(options.json ? report.json.text + "\n" : report.text + "\n")
  }

  /// Runs contenders in turn, the first round for nothing, so that all of them meet the same
  /// weather.
  func interleave(_ contenders: [Contender]) async throws -> [Series] {
    var series = contenders.map { Series($0.name, $0.role, $0.unit) }
    for run in 0...options.runs {
      for (index, contender) in contenders.enumerated() {
        let sample = try await contender.run()
        if run > 0 { series[index].add(sample) }
      }
    }
    return series
  }

  /// A path for a row's own data.
  func path(_ name: String) -> String { scratch + "/" + name }

  /// A new folder.
  func folder(_ name: String) throws -> String {
    try Folder.make(path(name))
    return path(name)
  }
}
