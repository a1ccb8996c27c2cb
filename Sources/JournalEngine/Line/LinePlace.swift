/// Where a line stands: its segment's first `seq`, and bytes from that file's start.
public struct LinePlace: Sendable, Hashable {
  /// The segment, named by the `seq` of its first line.
  public let segment: Int64
  /// Bytes from the start of the file.
  public let offset: Int64
  /// Length in bytes without the newline.
  public let length: Int

  package init(segment: Int64, offset: Int64, length: Int) {
    self.segment = segment
    self.offset = offset
    self.length = length
  }

  /// Just after the line's newline.
  package var end: Int64 { offset + Int64(length) + 1 }

  /// The segment's file name.
  public var file: String { SegmentName.file(firstSeq: segment) }
}
