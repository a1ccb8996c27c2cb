internal import Discovery
internal import JournalEngine

extension Row {
  /// After `open`, for it takes the journals that are there and adds to them.
  static let commands = Row(
    name: "commands",
    summary:
      "daybook start, complete, session, sessions and history in new processes, by the number of events"
  ) { bench, report in
    let sizes = bench.scale(quick: [100, 400], normal: [10_000, 10_000_000])
    var contenders: [Contender] = []
    for size in sizes {
      let (name, root) = try RootOfOne.make(bench, sessions: size / 2)
      let journals = ["--journals", root]
      let old = SessionEvents.id(size / 4, seed: bench.options.seed)
      contenders += [
        try startAndComplete(Self.name("start, complete", size), name.text, journals),
        try Starting.daybook(
          Self.name("session ID", size), ["session", old] + journals),
        try Starting.daybook(
          Self.name("sessions --limit 20", size),
          ["sessions", name.text, "--limit", "20"] + journals),
        try Starting.daybook(
          Self.name("history --limit 20", size),
          ["history", name.text, "--limit", "20"] + journals),
      ]
    }
    report.add(try await bench.interleave(contenders))
    for command in [
      "start, complete", "session ID", "sessions --limit 20", "history --limit 20",
    ] {
      for size in sizes.dropFirst() {
        report.compare(
          name(command, size), with: name(command, sizes[0]), goal: .atMost(1.1))
      }
    }
  }

  private static func name(_ command: String, _ events: Int) -> String {
    "\(command), \(Decimals.grouped(Double(events))) events"
  }

  /// Both commands, one after the other. The median of ten times.
  private static func startAndComplete(
    _ name: String, _ profile: String, _ journals: [String]
  ) throws -> Contender {
    let daybook = try Programs.daybook
    return Contender(name, .ours, .seconds) {
      let runs = try (0..<10).map { _ in
        let start = try Child([daybook, "start", profile] + journals, output: .captured).succeed()
        let session = String(decoding: start.output.dropLast(), as: UTF8.self)
        let complete = try Child(
          [daybook, "complete", session] + journals, output: .dropped
        ).succeed()
        return start.seconds + complete.seconds
      }
      return Sample(Spread(runs)?.median ?? 0)
    }
  }
}
