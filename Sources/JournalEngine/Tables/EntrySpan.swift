/// Where something stands in a journal that began with one entry and ended with another.
public struct EntrySpan: Sendable, Hashable {
  /// The first entry.
  public let first: LineStart
  /// The last entry, and the first 8 bytes of its hash: what is read there is held against it.
  public let last: Int64
  public let check: UInt64

  /// - Parameters:
  ///   - first: where the first entry's line begins.
  ///   - last: the last entry's number.
  ///   - check: the first 8 bytes of its hash, ``Entry/check``.
  public init(first: LineStart, last: Int64, check: UInt64) {
    self.first = first
    self.last = last
    self.check = check
  }
}

extension Entry {
  /// The first 8 bytes of its hash.
  public var check: UInt64 { hash.a }
}
