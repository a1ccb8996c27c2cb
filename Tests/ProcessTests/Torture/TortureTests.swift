import Foundation
import JournalEngine
import Testing

@Suite("Processes that are killed", .serialized)
struct TortureTests {
  @Test(
    "What was acknowledged stands once, and no rule is broken",
    arguments: [(4, 1, 1, false), (8, 2, 2, true)])
  func torture(writers: Int, compactors: Int, readers: Int, inMemory: Bool) async throws {
    let roles =
      Array(repeating: Worker.Role.write, count: writers)
      + Array(repeating: .compact, count: compactors)
      + Array(repeating: [.read, .follow], count: readers).flatMap(\.self)
    var seed = Seed.given()
    var left = Self.seconds
    repeat {
      let seconds = min(left, 10)
      let round = Seed(seed.start)
      let result = try await offPool {
        try TortureRound(
          roles: roles, inMemory: inMemory, seconds: seconds, seed: round)
      }
      print(result.summary)
      check(result)
      left -= seconds
      seed = Seed(seed.next())
    } while left > 0
  }

  private func check(_ round: TortureRound) {
    let summary = Comment(rawValue: round.summary)
    #expect(round.tally.broken == [], summary)
    #expect(round.tally.faults == [], summary)
    #expect(round.readBack.firstBreak == nil, summary)
    #expect(round.readBack.contradictions == [], summary)
    #expect(round.readBack.damage == nil, summary)
    #expect(round.verify.status == .exit(0), "\(round.verify)")
    #expect(round.replay.status == .exit(0), "\(round.replay)")
    #expect(round.replay.output.contains(#""check": "same""#))
    #expect(round.digests[0] != nil && round.digests[0] == round.digests[1], summary)
    #expect(round.compact.status == .exit(0), "\(round.compact)")
    #expect(round.afterwards.output.contains(#""check": "same""#), "\(round.afterwards)")
    #expect(round.strangers == [], summary)
    #expect(round.goesOn.status == .exit(0), "\(round.goesOn)")
    // And it did try what it says.
    #expect(round.kills > 0)
    #expect(round.tally.acknowledgedBy.count > round.roles.count { $0 == .write } / 2, summary)
    #expect(round.acknowledgedAfterKill > 0, summary)
    #expect(round.tally.looks > 0 && round.tally.snapshots > 0, summary)
    #expect(round.dropped > 0, summary)
  }

  /// How long each runs, in rounds of ten seconds: `DAYBOOK_TORTURE_SECONDS`.
  private static let seconds: Double = {
    let text = ProcessInfo.processInfo.environment["DAYBOOK_TORTURE_SECONDS"]
    return max(0.5, text.flatMap { Double($0) } ?? 3)
  }()
}
