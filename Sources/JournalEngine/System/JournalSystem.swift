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

/// Everything outside: files, time, chance, and other threads.
public struct JournalSystem: Sendable {
  package let fileSystem: any FileSystem
  /// Runs what a writer leaves to another thread; nil where there is no processor for one.
  package let aside: Aside?
  public let clock: any WallClock
  public let random: any RandomSource

  package typealias Aside = @Sendable (@escaping @Sendable () -> Void) -> Void

  package init(
    fileSystem: any FileSystem, clock: any WallClock = SystemClock(),
    random: any RandomSource = SystemRandomness(), aside: Aside? = BlockingThreads.aside
  ) {
    self.fileSystem = fileSystem
    self.aside = aside
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
