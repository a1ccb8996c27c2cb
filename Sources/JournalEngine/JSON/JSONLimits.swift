/// Bounds on what is read as JSON, so that hostile input costs a known amount at most.
public struct JSONLimits: Sendable, Hashable {
  /// How deep arrays and objects may be nested; a value which is no array or object has depth 0.
  ///
  /// Reading needs no call stack whatever the depth, but Swift takes apart and compares nested
  /// values by recursion: a bound of some ten thousands can exhaust a thread's stack.
  public var depth = 128
  /// How long a text may be, in bytes.
  public var length = 1 << 20

  /// Makes bounds; what is not given stays at 128 levels and 1 MiB.
  public init(depth: Int = 128, length: Int = 1 << 20) {
    self.depth = depth
    self.length = length
  }
}
