/// An entry that is known by its number, and the place where its line begins.
public struct LineStart: Sendable, Hashable {
  public let seq: Int64
  /// The segment, named by the `seq` of its first line.
  public let segment: Int64
  /// Bytes from the start of the file.
  public let offset: Int64

  /// - Parameters:
  ///   - seq: the entry's number.
  ///   - segment: as ``LinePlace/segment`` of ``Entry/place``.
  ///   - offset: as ``LinePlace/offset`` of it.
  public init(seq: Int64, segment: Int64, offset: Int64) {
    self.seq = seq
    self.segment = segment
    self.offset = offset
  }
}
