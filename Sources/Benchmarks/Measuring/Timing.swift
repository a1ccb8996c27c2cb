/// Takes the time.
enum Timing {
  /// How long something takes, in seconds.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start).seconds
  }

  /// Does something again and again for a while: how many things a second, `each` a time.
  static func rate(
    for window: Duration, each: Int = 1, _ body: () throws -> Void
  ) rethrows -> Sample {
    let start = ContinuousClock.now
    var done = 0
    var passed = Duration.zero
    repeat {
      try body()
      done += each
      passed = ContinuousClock.now - start
    } while passed < window
    var sample = Sample(Double(done) / passed.seconds)
    sample.seconds = passed.seconds
    return sample
  }

  /// The same for tasks.
  static func rate(
    for window: Duration, each: Int = 1, _ body: () async throws -> Void
  ) async rethrows -> Sample {
    let start = ContinuousClock.now
    var done = 0
    var passed = Duration.zero
    repeat {
      try await body()
      done += each
      passed = ContinuousClock.now - start
    } while passed < window
    var sample = Sample(Double(done) / passed.seconds)
    sample.seconds = passed.seconds
    return sample
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
