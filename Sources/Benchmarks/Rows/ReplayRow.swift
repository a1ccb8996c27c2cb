internal import Discovery
internal import JournalEngine

extension Row {
  static let replay = Row(
    name: "replay",
    summary: "replay a journal from its first line: read, check every hash, parse, fold"
  ) { bench, report in
    let sessions = bench.scale(quick: 200, normal: 500_000)
    let (name, root) = try bench.journal(sessions: sessions, snapshot: false)
    let segments = try bench.segments(of: name, in: root)
    let events = Double(sessions * 2)
    let unit = Unit.rate("events")
    var reading = PlainRead()
    let hashing = try Hashing(segments.first ?? "")
    let reader = JournalReader(name, in: root)
    var states: [Double] = []
    var contenders = [
      Contender("reading alone", .limit, unit) {
        Sample(events / (try Timing.seconds { try reading.read(segments) }))
      },
      Contender("SHA-256 alone, one core", .limit, unit) { Sample(hashing.hashed()) },
      Contender("memchr and SHA-256, one core", .limit, unit) {
        Sample(hashing.foundAndHashed())
      },
      Contender("daybook", .ours, unit) {
        Sample(events / (try Timing.seconds { keep(try reader.replay(Profile.self).state) }))
      },
      Contender("daybook, new process", .ours, unit) {
        let numbers = try ChildTask.replay.start(root, name.text).numbers()
        guard numbers.count == 3 else { throw Options.Wrong(message: "no answer") }
        states.append(numbers[2])
        return Sample(events / numbers[0], peakMemory: numbers[1])
      },
    ]
    contenders += try sqliteRows(bench, events: Int(events))
    report.add(try await bench.interleave(contenders))
    for limit in contenders.prefix(3) { report.compare("daybook", with: limit.name) }
    if let peer = contenders.last, peer.role == .peer {
      report.compare("daybook", with: peer.name)
    }
    // The first one was the warm-up.
    states = Array(states.dropFirst())
    if let state = Spread(states) {
      report.aim("daybook, new process", memory: .atMost(state.median + 32e6))
      report.add([Series("memory of the state alone", .ours, .bytes, states)])
    }
    let bytes = try Folder.size(root + "/" + name.text)
    report.notes.append(
      "\(Decimals.grouped(events)) events, \(Unit.bytes.text(bytes)), "
        + "\(Decimals.grouped(bytes / events)) bytes a line")
  }

  /// SQLite reading the same number of rows, and nothing more.
  private static func sqliteRows(_ bench: Bench, events: Int) throws -> [Contender] {
    guard let library = SQLite.library else { return [] }
    let lines = try JournalData.lines(bench)
    let table = try EventTable(library, bench.path("sqlite-replay.db"), .off)
    var made = 0
    while made < events {
      let batch = lines.prefix(events - made)
      try table.append(batch)
      made += batch.count
    }
    return [
      Contender("SQLite, stepping through the rows", .peer, .rate("events")) {
        let seconds = try Timing.seconds { keep(try table.readAll()) }
        return Sample(Double(events) / seconds)
      }
    ]
  }
}
