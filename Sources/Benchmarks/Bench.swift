internal import JournalEngine

/// What a row works with.
struct Bench: Sendable {
  let options: Options
  /// The folder of all data, the same for all rows of a session.
  let scratch: String

  var scale: Scale { options.scale }

  /// Runs the one row that this process is for, and writes its report.
  ///
  /// In the pool of threads, as tasks do that are not bound to the main actor: from there each call
  /// of an actor changes threads, there and back.
  @concurrent func runRow() async throws {
    guard let name = options.rows.first, let row = Row.all.first(where: { $0.name == name }) else {
      throw Options.Wrong(message: "no row is given")
    }
    Output.complain("… \(row.name)")
    var report = RowReport(row)
    try await row.run(self, &report)
    report.peakMemory = Memory.peak()
    switch options.format {
    case .text: Output.write(report.text + "\n")
    case .json: Output.write(report.json.text + "\n")
    case .markdown: Output.write(report.markdown)
    }
  }

  /// Runs contenders in turn, the first round for nothing, so that all of them meet the same
  /// weather.
  ///
  /// - Parameter slices: in how many turns a run is done; its value is their mean by time. For
  ///   what waits for a disk whose speed changes from one moment to the next.
  func interleave(_ contenders: [Contender], slices: Int = 1) async throws -> [Series] {
    var series = contenders.map { Series($0.name, $0.role, $0.unit) }
    for run in 0...options.runs {
      var sums = contenders.map { _ in (work: 0.0, seconds: 0.0, peak: nil as Double?) }
      for _ in 0..<slices {
        for (index, contender) in contenders.enumerated() {
          let sample = try await contender.run()
          sums[index].work += sample.value * sample.seconds
          sums[index].seconds += sample.seconds
          sums[index].peak = sample.peakMemory
        }
      }
      guard run > 0 else { continue }
      for (index, sum) in sums.enumerated() {
        series[index].add(Sample(sum.work / sum.seconds, peakMemory: sum.peak))
      }
    }
    return series
  }

  /// The same for those that sync, in slices of ``Scale/window``.
  func interleaveSyncing(_ contenders: [Contender]) async throws -> [Series] {
    try await interleave(contenders, slices: scale(quick: 1, normal: 40))
  }

  /// A path for a row's own data.
  func path(_ name: String) -> String { scratch + "/" + name }

  /// A new folder.
  func folder(_ name: String) throws -> String {
    try Folder.make(path(name))
    return path(name)
  }
}
