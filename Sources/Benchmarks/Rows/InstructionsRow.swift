internal import Discovery
internal import JournalEngine

extension Row {
  static let instructions = Row(
    name: "instructions",
    summary: "instructions and allocations an event: encode and fold, scan, scan and fold"
  ) { bench, report in
    guard let callgrind = try Callgrind(bench) else {
      report.notes.append("valgrind or strip: not on this machine")
      return
    }
    let sessions = bench.scale(quick: (100, 200), normal: (2000, 12_000))
    let root = try bench.folder("instructions")
    let (fewer, more) = ("fewer", "more")
    func add(_ name: String, _ counts: Callgrind.Counts) {
      report.add([
        Series(name, .ours, .count("instructions"), [counts.instructions]),
        Series("\(name): allocations", .ours, .count("allocations"), [counts.allocations]),
      ])
    }
    let seed = "\(bench.options.seed)"
    func perEvent(_ task: ChildTask, _ arguments: (String, Int) -> [String]) throws
      -> Callgrind.Counts
    {
      try callgrind.perEvent(
        task, fewer: arguments(fewer, sessions.0), more: arguments(more, sessions.1),
        events: 2 * (sessions.1 - sessions.0))
    }
    add("append, 100 a call", try perEvent(.make) { [root, $0, "\($1)", seed] })
    add("verify", try perEvent(.verify) { name, _ in [root, name] })
    add("replay", try perEvent(.replay) { name, _ in [root, name] })
  }
}
