internal import Discovery
internal import JournalEngine

extension Row {
  static let event = Row(
    name: "event",
    summary: "what one event costs: bytes, and instructions and allocations, hashing left out"
  ) { bench, report in
    let (few, many) = bench.scale(quick: (100, 200), normal: (2000, 12_000))
    let (root, seed) = (try bench.folder("event"), "\(bench.options.seed)")
    func journal(_ sessions: Int) -> [String] {
      [root, "sessions-\(sessions)", "\(sessions)", seed]
    }
    try JournalData.make(
      JournalName("lines"), in: root, sessions: many, seed: bench.options.seed, snapshot: false)
    let bytes = try Folder.size(root + "/lines") / Double(2 * many)
    report.add([Series("a line", .ours, .count("bytes"), [bytes])])

    guard let callgrind = try Callgrind(bench) else {
      report.notes.append("valgrind or strip: not on this machine")
      return
    }
    func add(_ name: String, _ task: ChildTask, _ role: Contender.Role = .ours) throws {
      // Tasks that only read pass over what the others are told.
      let counts = try callgrind.perEvent(
        task, fewer: journal(few), more: journal(many), events: 2 * (many - few))
      report.add([
        Series(name, role, .count("instructions"), [counts.instructions]),
        Series("\(name): allocations", role, .count("allocations"), [counts.allocations]),
      ])
    }
    do {
      try add("making the events", .events, .limit)
      try add("append, 100 a call, with making them", .make)
      try add("verify", .verify)
      try add("replay", .replay)
    } catch {
      // It knows neither every processor nor what a sanitizer does.
      report.notes.append("not counted by valgrind: \(error)")
    }
  }
}
