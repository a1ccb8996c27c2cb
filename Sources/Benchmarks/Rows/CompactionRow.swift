internal import Discovery
internal import JournalEngine

extension Row {
  static let compaction = Row(
    name: "compaction",
    summary: "bytes that snapshots cost over a journal's life, beside the journal's own bytes"
  ) { bench, report in
    let sessions = bench.scale(quick: 1000, normal: 500_000)
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

/// The task of a process that records a journal's whole life, with the default snapshots.
enum Life {
  static func run(
    _ name: JournalName, in root: String, sessions: Int, seed: UInt64
  ) throws -> [Double] {
    let options = WriteOptions(durability: .none)
    let writer = try JournalWriter<Profile>(name, in: root, options: options)
    var events = SessionEvents(seed: seed)
    let before = written()
    let seconds = try Timing.seconds {
      for _ in 0..<sessions {
        let pair = events.next()
        try writer.decide(by: "bench") { _ in pair }
      }
    }
    let after = written()
    try writer.close()
    let journal = try Folder.size(root + "/" + name.text, ending: ".ndjson")
    return [after - before, journal, Double(sessions * 2) / seconds]
  }

  private static func written() -> Double {
    let text = TextFile.read("/proc/self/io") ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("wchar: ") {
      return Double(line.dropFirst(7)) ?? 0
    }
    return 0
  }
}
