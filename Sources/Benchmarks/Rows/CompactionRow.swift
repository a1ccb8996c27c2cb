internal import Discovery
internal import JournalEngine

extension Row {
  static let compaction = Row(
    name: "compaction",
    summary: "bytes that snapshots cost over a journal's life, beside the journal's own bytes"
  ) { bench, report in
    let sessions = bench.scale(quick: 1000, normal: 1_100_000)
    let name = try JournalName("life")
    // The same every time but for the nonces: once is enough.
    let numbers = try ChildTask.life.start(
      bench.path("compaction"), name.text, "\(sessions)", "\(bench.options.seed)"
    ).numbers()
    guard numbers.count == 3 else { throw Options.Wrong(message: "no answer") }
    let (written, journal) = (numbers[0], numbers[1])
    report.add([
      Series("written to the journal", .ours, .bytes, [journal]),
      Series("written besides", .ours, .bytes, [written - journal]),
      Series("besides ÷ journal", .ours, .ratio, [(written - journal) / journal])
        .aiming(.atMost(0.5)),
      Series("recorded, nothing synced", .ours, .rate("events"), [numbers[2]]),
    ])
    report.notes.append(
      "\(Decimals.grouped(Double(sessions))) sessions, a start and an end each, two events a call;"
        + " bytes as the system counts them (wchar in /proc/self/io)")
  }
}
