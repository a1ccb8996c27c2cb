internal import Discovery
internal import JournalEngine

extension Row {
  static let groupCommit = Row(
    name: "group-commit",
    summary: "64 tasks on one Journal, each awaiting its own durable append"
  ) { bench, report in
    let tasks = 64
    let journal = try await Journal<Profile>.open(
      JournalName("group"), in: bench.path("group-commit"))
    let session = "session_000000000001"
    try await journal.append(.sessionStarted(session: session, tracks: [], params: [:]))
    let ours = Contender("daybook", .ours, .rate("events")) {
      try await appendAll(tasks, journal, session, for: bench.scale.window)
    }
    let single = try WriteLoop.contender(bench)
    let batched = try WriteLoop.contender(bench, each: tasks)
    report.add(try await bench.interleaveSyncing([single, batched, ours]))
    if let alone = report.series.first {
      report.add([
        Series(
          "\(alone.name), × \(tasks)", .limit, alone.unit, alone.values.map { $0 * Double(tasks) })
      ])
    }
    report.aim("daybook", .atLeast(150_000))
    report.compare("daybook", with: batched.name)
    report.compare("daybook", with: "\(single.name), × \(tasks)")
    report.notes.append("stretch goal: 300,000 events/s")
    try await journal.close()
  }

  private static func appendAll(
    _ tasks: Int, _ journal: Journal<Profile>, _ session: String, for window: Duration
  ) async throws -> Sample {
    let start = ContinuousClock.now
    let end = start + window
    let done = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<tasks {
        group.addTask {
          var done = 0
          repeat {
            try await journal.append(
              SessionEvents.found(in: session, by: task), by: "task \(task)")
            done += 1
          } while ContinuousClock.now < end
          return done
        }
      }
      return try await group.reduce(0, +)
    }
    let seconds = (ContinuousClock.now - start).seconds
    var sample = Sample(Double(done) / seconds)
    sample.seconds = seconds
    return sample
  }
}
