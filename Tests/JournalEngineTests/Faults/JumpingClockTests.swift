import JournalEngine
import JournalTestSupport
import Testing

@Suite("A clock that jumps back and forth")
struct JumpingClockTests {
  @Test("fails nothing, and no entry is earlier than the one before it")
  func jumps() async throws {
    try await Property.check("a jumping clock", rounds: 10) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try TestJournal(seed: seed)
      var writers: [JournalWriter<Tally>] = []
      for durability in [Durability.everyAppend, .interval(.seconds(1)), .none] {
        writers.append(
          try journal.writer(options: WriteOptions(durability: durability, segmentLimit: 2000)))
      }
      for step in 0..<30 {
        journal.clock.set(Self.time(&random))
        try random.pick(writers).append(Tally.Event("\(step)"))
      }
      let entries = try journal.entries()
      let areInOrder = zip(entries, entries.dropFirst()).allSatisfy { $0.time <= $1.time }
      try Violation.unless(areInOrder, "\(entries.map(\.time))")
      let tags = try journal.tally().tags
      try Violation.unless(tags == (0..<30).map(String.init), "\(tags)")
      let verification = try journal.reader().verify()
      try Violation.unless(verification.isSound, "\(verification.findings)")
      let isBack = verification.counts[.timeWentBack] != nil
      try Violation.unless(!isBack, "a time went back")
      for entry in entries {
        let replay = try journal.reader().replay(Tally.self, until: .time(entry.time))
        try Violation.unless(replay.head.seq >= entry.seq, "\(entry.seq) is not at its time")
      }
    }
  }

  /// Mostly near, now and then years away.
  private static func time(_ random: inout SeededGenerator) -> Timestamp {
    let far = random.once(in: 8) ? Int64(1_000_000_000_000_000) : 5_000_000
    return Timestamp(
      microseconds: RawLines.time.microseconds + Int64.random(in: -far...far, using: &random))
  }
}
