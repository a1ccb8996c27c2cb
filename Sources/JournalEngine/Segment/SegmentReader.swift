/// Splits a segment into lines, from an offset to what is the end when it gets there. Memory: one
/// buffer that holds the longest line; never the file.
package struct SegmentReader: ~Copyable {
  /// Where the next line begins.
  package private(set) var offset: Int64
  /// Bytes after the last newline: a write in flight, or the torn end of one.
  package private(set) var unfinished: Int64 = 0

  private let buffer: LineBuffer
  /// Where to end the first time; nil for where a read finds the end.
  private var firstEnd: Int64?

  /// - Parameter firstEnd: the size that the file had when it was opened, if it was opened for this:
  ///   reading ends there the first time, or further on, without asking whether there is more by now.
  package init(
    offset: Int64 = 0, buffer: LineBuffer = LineBuffer(), firstEnd: Int64? = nil
  ) {
    self.offset = offset
    self.buffer = buffer
    self.firstEnd = firstEnd
  }

  /// One line, or as much as there is to say of one that is longer than any line may be.
  @unsafe package enum Piece {
    case line(UnsafeRawBufferPointer, offset: Int64)
    case tooLong(offset: Int64, length: Int64)
  }

  /// Reads from ``offset`` to the end and hands out each line that ends in a newline, without it,
  /// empty ones too. Stops after a line for which `body` returns false.
  ///
  /// - Returns: whether the end was reached.
  package mutating func read(
    _ file: any SegmentFile, _ body: (Piece) throws(JournalError) -> Bool
  ) throws(JournalError) -> Bool {
    unsafe try split(file, hashing: false) { piece, _ throws(JournalError) in
      unsafe try body(piece)
    }
  }

  /// The same, and hands out with each line its hash. Of a line that is too long there is none.
  @inline(__always)
  package mutating func readHashed(
    _ file: any SegmentFile, _ body: (Piece, Digest) throws(JournalError) -> Bool
  ) throws(JournalError) -> Bool {
    unsafe try split(file, hashing: true, body)
  }

  @inline(__always)
  private mutating func split(
    _ file: any SegmentFile, hashing: Bool,
    _ body: (Piece, Digest) throws(JournalError) -> Bool
  ) throws(JournalError) -> Bool {
    var base = offset  // of the buffer's first byte
    var filled = 0
    var skipped: Int64 = 0  // bytes of a line that is too long, dropped already
    // Lines are hashed together, few at first: most of those who stop do so soon.
    var most = 4
    let knownEnd = firstEnd ?? .max
    firstEnd = nil
    while true {
      if base + Int64(filled) >= knownEnd {
        unfinished = skipped + Int64(filled)
        return true
      }
      if filled == buffer.capacity {
        if buffer.capacity < LineBuffer.largest {
          buffer.grow(keeping: filled)
        } else {
          skipped += Int64(filled)
          base += Int64(filled)
          filled = 0
        }
      }
      let count = unsafe try file.read(into: buffer.free(from: filled), at: base + Int64(filled))
      guard count > 0 else {
        unfinished = skipped + Int64(filled)
        return true
      }
      var searched = filled
      filled += count
      var start = 0
      while true {
        buffer.findLines(from: start, searchedTo: searched, to: filled, most: most)
        let lines = buffer.lines
        guard lines.count > 0 else { break }
        if hashing { lines.hash() }
        most = min(most * 4, MessageBatch.capacity)
        for index in 0..<lines.count {
          let line = unsafe lines.message(index)
          // A line that cannot be taken is not passed: `offset` moves once it has been.
          let goesOn: Bool
          if skipped > 0 {
            goesOn = unsafe try body(
              .tooLong(offset: offset, length: skipped + Int64(line.count)), .zero)
            skipped = 0
          } else {
            goesOn = unsafe try body(
              .line(line, offset: offset), hashing ? lines.digest(index) : .zero)
          }
          start += line.count + 1
          offset = base + Int64(start)
          guard goesOn else {
            unfinished = 0
            return false
          }
        }
        searched = start
      }
      buffer.moveDown(start, filled)
      base += Int64(start)
      filled -= start
    }
  }

  /// Reads to the very end the first time too.
  package mutating func forgetFirstEnd() { firstEnd = nil }

  /// Goes on behind lines of our own that were just written there.
  package mutating func skip(to offset: Int64) {
    self.offset = offset
    unfinished = 0
    firstEnd = nil
  }
}
