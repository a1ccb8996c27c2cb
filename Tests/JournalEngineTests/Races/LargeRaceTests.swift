import JournalEngine
import JournalTestSupport
import Testing

/// More processes that do more, by random priorities.
@Suite("Large races, by seed")
struct LargeRaceTests {
  private static func step(
    _ random: inout SeededGenerator, _ tag: String
  ) -> ScheduledProcess.Step {
    switch random.below(16) {
    case 0: return .open
    case 1: return .refuse
    case 2: return .refresh
    case 3: return .head
    case 4: return .replay
    case 5: return .compact
    case 6: return .state
    default:
      let tags = (0...random.below(3)).map { "\(tag).\($0)" }
      return .append(tags, id: random.once(in: 3) ? "key \(random.below(6))" : nil)
    }
  }

  private static func race(_ random: inout SeededGenerator) -> Race {
    let processes = (0..<2 + random.below(3)).map { number in
      let steps = (0..<2 + random.below(5)).map { step(&random, "\(number).\($0)") }
      let limit: Int64 = random.once(in: 2) ? 64 << 20 : Int64(random.below(3000))
      var options = WriteOptions(
        attempts: 1000, segmentLimit: limit,
        snapshots: random.pick([SnapshotPolicy.every(1000), .every(3)]))
      if random.once(in: 2) {
        options.tableTiers.smallest = 1
        options.tableTiers.run = 2
      }
      return ScheduledProcess([.open] + steps, options: options)
    }
    let isBegun = !random.once(in: 3)
    return Race("a large race", processes) { journal in
      if isBegun { try journal.writer().append(Tally.Event("before")) }
    }
  }

  @Test("Each answer is explained by one order of all calls")
  func largeRaces() async throws {
    try await Property.check("large races", rounds: Race.count(150)) { seed in
      var random = SeededGenerator(seed: seed)
      let race = Self.race(&random)
      try await race.sample(
        seed: random.next(), interruptions: random.below(7), length: 150)
    }
  }
}
