/// An entry that is known by its number, and the place where its line begins.
public struct LineStart: Sendable, Hashable {
  public let seq: Int64
  /// The segment, named by the `seq` of its first line.
  public let segment: Int64
  /// Bytes from the start of the file.
  public let offset: Int64

  package init(seq: Int64, segment: Int64, offset: Int64) {
    self.seq = seq
    self.segment = segment
    self.offset = offset
  }
}
