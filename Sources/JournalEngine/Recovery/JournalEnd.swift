/// Where a segment ends, and the next line goes.
struct JournalEnd: Sendable {
  let segment: Int64
  /// Where that line begins.
  let offset: Int64
  /// Whether bytes without a newline stand before it: they are ended by one of ours.
  let isLineOpen: Bool
}

extension JournalEnd {
  /// - Parameters:
  ///   - offset: just behind the last newline.
  ///   - unfinished: how many bytes stand behind that.
  init(_ segment: Int64, offset: Int64, unfinished: Int64) {
    self.init(
      segment: segment, offset: offset + unfinished + (unfinished > 0 ? 1 : 0),
      isLineOpen: unfinished > 0)
  }

  /// As the file is now.
  init(of file: any SegmentFile, _ segment: Int64) throws(JournalError) {
    let size = try file.size()
    let last = try file.bytes(at: max(0, size - 1), count: 1)
    let isLineOpen = last.first.map { $0 != UInt8(ascii: "\n") } ?? false
    self.init(segment: segment, offset: size + (isLineOpen ? 1 : 0), isLineOpen: isLineOpen)
  }
}
