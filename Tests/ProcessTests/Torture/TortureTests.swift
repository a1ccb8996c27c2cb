import Foundation
import JournalEngine
import Testing

@Suite("Writers that are killed", .serialized)
struct TortureTests {
  @Test(
    "What was acknowledged stands once, and no rule is broken",
    arguments: [(4, false), (8, true)])
  func torture(writers: Int, inMemory: Bool) async throws {
    var seed = Seed.given()
    var left = Self.seconds
    repeat {
      let seconds = min(left, 10)
      let round = Seed(seed.start)
      let result = try await offPool {
        try TortureRound(
          writers: writers, inMemory: inMemory, seconds: seconds, seed: round)
      }
      print(result.summary)
      check(result)
      left -= seconds
      seed = Seed(seed.next())
    } while left > 0
  }

  private func check(_ round: TortureRound) {
    let seed = Comment(rawValue: round.summary)
    #expect(round.broken == [], seed)
    #expect(round.faults == [], seed)
    #expect(round.readBack.firstBreak == nil, seed)
    #expect(round.readBack.contradictions == [], seed)
    #expect(round.readBack.damage == nil, seed)
    #expect(round.verify.status == .exit(0), "\(round.verify)")
    #expect(round.replay.status == .exit(0), "\(round.replay)")
    #expect(round.replay.output.contains(#""check": "same""#))
    #expect(round.strangers == [], seed)
    #expect(round.goesOn.status == .exit(0), "\(round.goesOn)")
    // And it did try what it says.
    #expect(round.kills > 0)
    #expect(round.acknowledgedBy.count > round.writers / 2, seed)
    #expect(round.acknowledgedAfterKill > 0, seed)
  }

  /// How long each runs: `DAYBOOK_TORTURE_SECONDS`, in rounds of ten seconds.
  private static let seconds: Double = {
    let text = ProcessInfo.processInfo.environment["DAYBOOK_TORTURE_SECONDS"]
    return max(0.5, text.flatMap { Double($0) } ?? 3)
  }()
}
