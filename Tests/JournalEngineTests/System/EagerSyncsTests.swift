import JournalTestSupport
import Testing

@testable import JournalEngine

/// A disk takes as long as it takes; what counts is by how much an eager sync is sooner done.
@Suite("Eager syncs")
struct EagerSyncsTests {
  private var syncs = EagerSyncs()

  /// Makes syncs, and says which of them were eager.
  private mutating func make(
    _ count: Int, eager: Duration, other: Duration, noise: () -> Double = { 0 }
  ) -> [Bool] {
    (0..<count).map { _ in
      let isEager = syncs.isNextEager
      syncs.took((isEager ? eager : other) * (1 + noise()))
      return isEager
    }
  }

  @Test("are tried in pairs at first, each kind first in every other pair")
  mutating func trials() {
    let made = make(32, eager: .microseconds(100), other: .microseconds(130))
    #expect(made == (0..<32).map { $0 % 4 == 0 || $0 % 4 == 3 })
  }

  @Test("are made where they are sooner done, and now and then put to the test")
  mutating func sooner() {
    _ = make(32, eager: .microseconds(120), other: .microseconds(130))
    let made = make(6400, eager: .microseconds(120), other: .microseconds(130))
    #expect(made.count { !$0 } == 100)
  }

  @Test(
    "are not made where they take longer, or as long but for the thread's own work",
    arguments: [Duration.microseconds(118), .microseconds(120), .microseconds(121), .zero])
  mutating func later(_ other: Duration) {
    _ = make(32, eager: .microseconds(120), other: other)
    let made = make(6400, eager: .microseconds(120), other: other)
    #expect(made.count { $0 } == 100)
  }

  @Test("are made again soon after the disk has changed")
  mutating func changed() {
    for fast in [true, false, true] {
      let other = Duration.microseconds(fast ? 130 : 110)
      _ = make(6400, eager: .microseconds(120), other: other)
      let made = make(64, eager: .microseconds(120), other: other)
      #expect(made.count { $0 } == (fast ? 63 : 1))
    }
  }

  @Test("are not judged by one that hung")
  mutating func hung() {
    // The first one that is not eager begins a pair, and the second of that hangs.
    _ = make(640, eager: .microseconds(120), other: .microseconds(140))
    while syncs.isNextEager { syncs.took(.microseconds(120)) }
    syncs.took(.microseconds(140))
    #expect(syncs.isNextEager)
    syncs.took(.seconds(5))
    let made = make(60, eager: .microseconds(120), other: .microseconds(140))
    #expect(made.allSatisfy { $0 })
  }

  @Test("are told from others by a tenth, whatever the noise")
  func noise() async throws {
    try await Property.check("eager syncs", rounds: 4) { seed in
      var random = SeededGenerator(seed: seed)
      for isSooner in [true, false] {
        var bench = EagerSyncsTests()
        let other = Duration.microseconds(isSooner ? 132 : 108)
        let made = bench.make(20_000, eager: .microseconds(120), other: other) {
          Double(random.below(1000)) / 3000 + (random.once(in: 50) ? 10 : 0)
        }
        #expect(made.count { $0 == isSooner } > 18_000)
      }
    }
  }
}
