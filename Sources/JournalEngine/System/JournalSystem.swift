/// Where the time comes from.
public protocol WallClock: Sendable {
  /// The time now, by the clock on the wall; it may jump.
  func now() -> Timestamp
  /// Seconds of a clock that never goes back.
  func elapsed() -> Duration
  /// Blocks the calling thread.
  func pause(_ duration: Duration)
}

/// Where chance comes from: nonces, jitter, new ids.
public protocol RandomSource: Sendable {
  /// 64 random bits.
  func next() -> UInt64
}

/// The system's generator.
public struct SystemRandomness: RandomSource {
  public init() {}

  public func next() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}

/// Everything outside: files, time, chance.
public struct JournalSystem: Sendable {
  package let fileSystem: any FileSystem
  public let clock: any WallClock
  public let random: any RandomSource

  package init(
    fileSystem: any FileSystem, clock: any WallClock = SystemClock(),
    random: any RandomSource = SystemRandomness()
  ) {
    self.fileSystem = fileSystem
    self.clock = clock
    self.random = random
  }

  /// The real file system with another clock or other randomness.
  public init(
    clock: any WallClock = SystemClock(), random: any RandomSource = SystemRandomness()
  ) {
    self.init(fileSystem: PosixFileSystem(), clock: clock, random: random)
  }
}
