/// Chooses ways for a power failure to end: all of them where they are few, else those that are
/// telling, and then any by chance.
package struct SurvivorSampler {
  /// A way that is tried whatever chance says.
  private enum Telling {
    case nothing, everything
    /// All names and no bytes, and the reverse.
    case namesOnly, bytesOnly
    /// Everything, but of one thing only this much.
    case missing(Int, UInt16)
    /// Of one thing this much, and nothing else but the names by which it is seen.
    case alone(Int, UInt16)
  }

  private let failure: PowerFailure
  private let limit: Int
  private let isExhaustive: Bool
  private let count: Int
  private var telling: [Telling] = []
  private var random: SeededGenerator
  private var next = 0

  /// - Parameter limit: how many of them at most.
  package init(_ failure: PowerFailure, limit: Int, seed: UInt64) {
    self.failure = failure
    self.limit = limit
    random = SeededGenerator(seed: seed)
    let total = failure.count(upTo: limit + 1)
    isExhaustive = total <= limit
    count = min(total, limit)
    if !isExhaustive { telling = Self.telling(failure, limit, &random) }
  }

  package mutating func nextSurvivors() -> Survivors? {
    guard next < count else { return nil }
    defer { next += 1 }
    if isExhaustive { return Survivors(choices: counted(next)) }
    if next < telling.count { return Survivors(choices: choices(telling[next])) }
    let choices = chosen()
    return Survivors(
      choices: choices, filler: random.once(in: 3) ? .stale(seed: random.next()) : .zeros)
  }

  private func counted(_ number: Int) -> [UInt16] {
    var rest = number
    return failure.radices.map { radix in
      defer { rest /= Int(radix) }
      return UInt16(rest % Int(radix))
    }
  }

  private mutating func chosen() -> [UInt16] {
    let bias = random.below(5)
    var choices = failure.radices
    for (index, radix) in failure.radices.enumerated() {
      let all = radix - 1
      // The end of a file hides all that stands behind it: most often it is the real one.
      if case .size = failure.things[index], !random.once(in: 4) {
        choices[index] = all
        continue
      }
      switch bias {
      case 0: choices[index] = random.once(in: 8) ? 0 : all
      case 1: choices[index] = random.once(in: 8) ? all : 0
      case 2: choices[index] = random.once(in: 2) ? all : 0
      default: choices[index] = UInt16(random.below(Int(radix)))
      }
    }
    return choices
  }

  private static func telling(
    _ failure: PowerFailure, _ limit: Int, _ random: inout SeededGenerator
  ) -> [Telling] {
    var ways: [Telling] = [.namesOnly, .bytesOnly]
    for (index, radix) in failure.radices.enumerated() {
      for choice in 0..<radix {
        if choice < radix - 1 { ways.append(.missing(index, choice)) }
        if choice > 0 { ways.append(.alone(index, choice)) }
      }
    }
    if ways.count + 2 > limit { ways.shuffle(using: &random) }
    return [.nothing, .everything] + ways.prefix(max(0, limit - 2))
  }

  private func choices(_ way: Telling) -> [UInt16] {
    let names = failure.nameCount
    switch way {
    case .nothing: return failure.radices.map { _ in 0 }
    case .everything: return failure.radices.map { $0 - 1 }
    case .namesOnly: return failure.radices.indices.map { $0 < names ? 1 : 0 }
    case .bytesOnly:
      return failure.radices.enumerated().map { $0.offset < names ? 0 : $0.element - 1 }
    case .missing(let index, let choice):
      var choices = choices(.everything)
      choices[index] = choice
      return choices
    case .alone(let index, let choice):
      var choices = choices(index < names ? .bytesOnly : .namesOnly)
      for needed in failure.needed(by: index) { choices[needed] = choice }
      // A sector is seen only in a file that reaches so far.
      if let size = failure.sizeIndex(of: index) { choices[size] = failure.radices[size] - 1 }
      return choices
    }
  }
}

extension PowerFailure {
  /// Names come first among the things.
  fileprivate var nameCount: Int {
    things.firstIndex { if case .names = $0 { false } else { true } } ?? things.count
  }

  /// The size of the file that a sector is of.
  fileprivate func sizeIndex(of index: Int) -> Int? {
    guard case .sector(let node, _) = things[index] else { return nil }
    return things[..<index].lastIndex(of: .size(node: node))
  }
}
