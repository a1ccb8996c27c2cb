/// How long to wait after a lost race: a random part of a bound that doubles, so that writers who
/// met once do not meet again.
package struct Backoff {
  private var bound: Int64 = 50
  private static let longest: Int64 = 10_000

  package init() {}

  /// The next wait, in microseconds.
  package mutating func next(_ random: any RandomSource) -> Duration {
    let wait = Int64(random.next() % UInt64(bound))
    bound = min(bound * 2, Self.longest)
    return .microseconds(wait)
  }
}
