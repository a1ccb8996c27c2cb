internal import Discovery
internal import JournalEngine

extension Row {
  static let append = Row(
    name: "append",
    summary: "append one event a commit, durable, one after the other (JournalWriter)"
  ) { bench, report in
    let writer = try JournalWriter<Profile>(
      JournalName("append"), in: bench.path("append"))
    var events = SessionEvents(seed: bench.options.seed)
    var made: [DiscoveryEvent] = []
    var index = 0
    let ours = Contender("daybook", .ours, .rate("events")) {
      // Made before the time is taken, as those of the others are.
      if made.count - index < 1000 {
        made = made[index...] + events.next(1000)
        index = 0
      }
      return try Timing.rate(for: bench.scale.window) {
        if index == made.count { made += events.next(500) }
        try writer.append(made[index], by: "bench")
        index += 1
      }
    }
    report.add(
      try await bench.interleaveSyncing(
        [
          WriteLoop.contender(bench), WriteLoop.contender(bench, .reserved),
          WriteLoop.contender(bench, .written),
        ] + bench.sqlite(.full) + [ours]))
    report.compare("daybook", with: WriteLoop.plain, goal: .atLeast(0.95))
    report.compare("daybook", with: WriteLoop.reserved)
    report.compare("daybook", with: WriteLoop.overwriting)
    report.compare("daybook", with: SQLite.name(.full))
    try writer.close()
  }

  static let appendMany = Row(
    name: "append-100",
    summary: "append 100 events a call, durable (JournalWriter)"
  ) { bench, report in
    let writer = try JournalWriter<Profile>(
      JournalName("append"), in: bench.path("append-100"))
    var events = SessionEvents(seed: bench.options.seed)
    let ours = Contender("daybook", .ours, .rate("events")) {
      var made = (0..<200).map { _ in events.next(50) }
      var index = 0
      return try Timing.rate(for: bench.scale.window, each: 100) {
        if index == made.count { made.append(events.next(50)) }
        let batch = made[index]
        try writer.decide(by: "bench") { _ in batch }
        index += 1
      }
    }
    let limit = try WriteLoop.contender(bench, each: 100)
    report.add(try await bench.interleaveSyncing([limit] + bench.sqlite(.full, each: 100) + [ours]))
    report.compare("daybook", with: limit.name)
    report.compare("daybook", with: SQLite.name(.full), goal: .atLeast(1.1))
    try writer.close()
  }

  static let appendUnsynced = Row(
    name: "append-100-unsynced",
    summary: "append 100 events a call, not synced (JournalWriter, durability none)"
  ) { bench, report in
    let calls = bench.scale(quick: 3, normal: 500)
    let options = WriteOptions(durability: .none)
    let writer = try JournalWriter<Profile>(
      JournalName("append"), in: bench.path("append-100-unsynced"), options: options)
    var events = SessionEvents(seed: bench.options.seed)
    let ours = Contender("daybook", .ours, .rate("events")) {
      // Made before the time is taken.
      let batches = (0..<calls).map { _ in events.next(50) }
      let seconds = try Timing.seconds {
        for batch in batches { try writer.decide(by: "bench") { _ in batch } }
      }
      return Sample(Double(calls * 100) / seconds)
    }
    let lines = try JournalData.lines(bench)
    let hashing = Hashing(Array(repeating: lines, count: max(1, calls / 10)).flatMap { $0 })
    let limit = Contender("chained SHA-256 alone", .limit, .rate("events")) {
      Sample(hashing.chained())
    }
    let sqlite = try bench.sqlite(.off, each: 100, transactions: calls)
    report.add(try await bench.interleave([limit] + sqlite + [ours]))
    report.compare("daybook", with: limit.name)
    report.compare("daybook", with: SQLite.name(.off), goal: .atLeast(1))
    try writer.close()
  }
}
