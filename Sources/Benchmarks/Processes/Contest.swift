internal import Discovery
internal import Glibc
internal import JournalEngine

/// Processes that work on one journal at the same time.
enum Contest {
  struct Outcome {
    /// Appends a second, of all together.
    var rate = 0.0
    /// The slowest process's appends, of the fastest one's.
    var fairness = 1.0
    /// Lines that lost a race, of all lines.
    var lost = 0.0
    /// Calls that ended in that error.
    var gaveUp = 0.0
    /// How long the reads took.
    var latencies: [Double] = []
  }

  /// Holds one on a new journal.
  static func hold(_ bench: Bench, writers: Int, readers: Int) throws -> Outcome {
    let name = try JournalName("contest")
    let root = try bench.folder("contest-\(Programs.number)")
    defer { Folder.remove(root) }
    let session = "session_000000000001"
    let first = try JournalWriter<Profile>(name, in: root)
    try first.append(.sessionStarted(session: session, tracks: [], params: [:]), by: "bench")
    try first.close()

    // Everybody is up and has opened the journal by then.
    let start = "\(clock() + 0.1 + 0.03 * Double(writers + readers))"
    let seconds = bench.scale.contest.seconds
    let reading = try (0..<readers).map { _ in
      try ChildTask.read.start(root, name.text, start, "\(seconds)")
    }
    let writing = try (0..<writers).map { _ in
      try ChildTask.append.start(root, name.text, session, start, "\(seconds)")
    }
    let written = try writing.map { try $0.numbers() }
    var outcome = Outcome()
    outcome.latencies = try reading.flatMap { try $0.numbers() }
    let appended = written.compactMap(\.first)
    outcome.rate = appended.reduce(0, +) / seconds
    if let slowest = appended.min(), let fastest = appended.max(), fastest > 0 {
      outcome.fairness = slowest / fastest
    }
    outcome.gaveUp = written.reduce(0) { $0 + ($1.last ?? 0) }
    let found = try JournalReader(name, in: root).verify()
    guard found.isSound else { throw Options.Wrong(message: "the journal is not sound") }
    let lost = Double(found.counts[.lostRace] ?? 0)
    outcome.lost = lost / (lost + Double(found.entries))
    return outcome
  }

  /// The task of a writer.
  static func append(
    _ name: JournalName, in root: String, session: String, start: Double, seconds: Double
  ) throws -> [Double] {
    let writer = try JournalWriter<Profile>(name, in: root)
    wait(until: start)
    var appended = 0.0
    var gaveUp = 0.0
    let event = SessionEvents.found(in: session, by: Int(Programs.number))
    while clock() < start + seconds {
      do {
        try writer.append(event, by: "bench")
        appended += 1
      } catch let error as JournalError {
        guard error.code == .gaveUp else { throw error }
        gaveUp += 1
      }
    }
    try writer.close()
    return [appended, gaveUp]
  }

  /// The task of a reader.
  static func read(
    _ name: JournalName, in root: String, start: Double, seconds: Double
  ) throws -> [Double] {
    let profiles = Profiles(root: root)
    wait(until: start)
    var latencies: [Double] = []
    repeat {
      latencies.append(try Timing.seconds { keep(try profiles.state(of: name).head) })
    } while clock() < start + seconds
    return latencies
  }

  private static func wait(until moment: Double) {
    let left = moment - clock()
    if left > 0 { usleep(UInt32(min(left, 60) * 1e6)) }
  }

  /// Seconds on a clock that all processes share.
  private static func clock() -> Double { SystemClock().elapsed().seconds }
}
