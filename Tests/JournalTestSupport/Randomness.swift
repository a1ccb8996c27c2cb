internal import Foundation
internal import JournalEngine
internal import Synchronization

/// A small generator with a seed (SplitMix64), so that a failing random test can be run again.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// Whether a thing that happens one time in `times` happens now.
  package mutating func once(in times: Int) -> Bool { below(times) == 0 }

  package mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[below(choices.count)]
  }

  /// Random bytes, often with structure.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// A string of scalars from all of Unicode, the awkward ones often.
  package mutating func text(_ count: Int) -> String {
    var text = ""
    for _ in 0..<count {
      let value: UInt32
      switch below(6) {
      case 0: value = UInt32(below(0x20))
      case 1: value = pick([0x22, 0x5C, 0x2F, 0x7F, 0x301, 0x2028, 0xFEFF, 0xFFFD, 0x212A])
      case 2: value = UInt32(below(0x11_0000))
      case 3: value = UInt32(0xD7F0 + below(0x820))
      default: value = UInt32(0x20 + below(0x5F))
      }
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}

/// Chance for the engine, from a seed.
package final class SeededRandom: RandomSource {
  private let generator: Mutex<SeededGenerator>

  package init(seed: UInt64 = 1) { generator = Mutex(SeededGenerator(seed: seed)) }

  package func next() -> UInt64 { generator.withLock { $0.next() } }
}

/// How often a property is tried, and with what seeds.
///
/// `DAYBOOK_SEED` runs the one case of that seed; `DAYBOOK_ROUNDS` multiplies the cases.
package enum Property {
  /// Runs a property once for each seed. The seeds are told before, so that they are known even
  /// if a case ends the process, and the seed of a case that throws is told again.
  package static func check(
    _ name: String, rounds: Int, _ body: (UInt64) async throws -> Void
  ) async throws {
    let environment = ProcessInfo.processInfo.environment
    var (first, count) = (UInt64.random(in: 0..<UInt64(1) << 53), max(1, rounds))
    if let seed = environment["DAYBOOK_SEED"].flatMap({ UInt64($0) }) {
      (first, count) = (seed, 1)
    } else if let factor = environment["DAYBOOK_ROUNDS"].flatMap({ Int($0) }) {
      count *= max(1, factor)
    }
    tell("\(name): DAYBOOK_SEED from \(first) to \(first &+ UInt64(count) &- 1)")
    for number in 0..<count {
      let seed = first &+ UInt64(number)
      do {
        try await body(seed)
      } catch {
        tell("\(name): failed; run it again with DAYBOOK_SEED=\(seed)")
        throw error
      }
    }
  }

  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}

/// What a property's case throws where it does not hold.
package struct Violation: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// Throws where a condition does not hold.
  package static func unless(
    _ condition: Bool, _ text: @autoclosure () -> String
  ) throws {
    if !condition { throw Violation(text()) }
  }
}
