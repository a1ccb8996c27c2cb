import Foundation
import JournalEngine
import Synchronization

/// Chance that can be had again: the seed is printed, and taken from `DAYBOOK_SEED` if set.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A generator for one test, which prints how to have it again.
  static func forTest(_ name: String = #function) -> SeededGenerator {
    let given = ProcessInfo.processInfo.environment["DAYBOOK_SEED"].flatMap(UInt64.init)
    let seed = given ?? UInt64.random(in: 0...UInt64(UInt32.max))
    print("\(name): DAYBOOK_SEED=\(seed)")
    return SeededGenerator(seed: seed)
  }

  mutating func next() -> UInt64 {
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func maybe<Value>(_ value: (inout SeededGenerator) -> Value) -> Value? {
    below(2) == 0 ? nil : value(&self)
  }
}

/// The engine's source of chance, with a seed.
final class SeededRandom: RandomSource {
  private let generator: Mutex<SeededGenerator>

  init(seed: UInt64 = 1) { generator = Mutex(SeededGenerator(seed: seed)) }

  func next() -> UInt64 { generator.withLock { $0.next() } }
}
