import Foundation

/// SplitMix64, so that a failing run can be made again: `DAYBOOK_SEED` in the environment.
struct Seed: RandomNumberGenerator {
  let start: UInt64
  private var state: UInt64

  init(_ start: UInt64) {
    self.start = start
    state = start
  }

  /// The seed of the environment, or a new one.
  static func given() -> Seed {
    let text = ProcessInfo.processInfo.environment["DAYBOOK_SEED"]
    return Seed(text.flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max))
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
