/// Where something stands in a journal that began with one entry and ended with another.
public struct EntrySpan: Sendable, Hashable {
  /// The first entry, and where its line begins.
  public let first: Int64
  public let segment: Int64
  public let offset: Int64
  /// The last entry, and the first 8 bytes of its hash: what is read there is held against it.
  public let last: Int64
  public let check: UInt64

  package init(first: Int64, segment: Int64, offset: Int64, last: Int64, check: UInt64) {
    self.first = first
    self.segment = segment
    self.offset = offset
    self.last = last
    self.check = check
  }
}

extension Entry {
  /// The first 8 bytes of its hash.
  public var check: UInt64 { hash.a }
}
