/// When an append is made durable, and what its acknowledgement is worth.
public enum Durability: Sendable, Hashable {
  /// Before it is acknowledged. Appends that wait at the same time share one sync. The default.
  case everyAppend
  /// At the latest this long after it was acknowledged, while the handle is open: a power failure
  /// can take what was acknowledged since. A crash of the process alone takes nothing.
  case interval(Duration)
  /// When the kernel likes. A power failure can take what the last minute or so acknowledged.
  case none
}

/// How a journal is opened for writing.
public struct WriteOptions: Sendable {
  /// When appends are made durable.
  public var durability: Durability
  /// How often a lost race is tried again before the call gives up.
  public var attempts: Int
  /// States that nobody else writes, which allows file systems whose appends are not known to be
  /// atomic between processes.
  public var singleWriter: Bool

  public init(
    durability: Durability = .everyAppend, attempts: Int = 100, singleWriter: Bool = false
  ) {
    self.durability = durability
    self.attempts = max(1, attempts)
    self.singleWriter = singleWriter
  }
}
