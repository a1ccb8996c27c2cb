internal import CQuotes

/// Where the strings of a line end, known beforehand where the line is plain: ASCII without control
/// characters and backslashes, as most are. A string's end is then the next quote.
@safe struct QuoteMarks {
  // Valid while the call runs that was lent them: as many words as the line reaches into.
  private let words: UnsafePointer<UInt64>
  private let count: Int

  /// Marks a line, and lends the marks to a closure; nil where it is not plain, or long.
  @inline(__always)
  static func with<R>(
    _ line: UnsafeRawBufferPointer, _ body: (QuoteMarks) -> R
  ) -> R? {
    guard let base = line.baseAddress, line.count <= longest else { return nil }
    // On the stack, and written before it is read.
    return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: longest / 64) { words in
      guard let words = words.baseAddress,
        unsafe cquotes_mark(base.assumingMemoryBound(to: UInt8.self), line.count, words) != 0
      else { return nil }
      return unsafe body(QuoteMarks(words, count: line.count))
    }
  }

  private init(_ words: UnsafePointer<UInt64>, count: Int) {
    unsafe self.words = words
    self.count = count
  }

  /// The index after the closing quote of the string whose first character stands at an index.
  @inline(__always)
  func stringEnd(_ content: Int) -> Int? {
    guard content < count else { return nil }
    var word = content &>> 6
    var bits = unsafe words[word] & (UInt64.max &<< UInt64(content & 63))
    while bits == 0 {
      word &+= 1
      guard word &<< 6 < count else { return nil }
      bits = unsafe words[word]
    }
    return word &<< 6 &+ bits.trailingZeroBitCount &+ 1
  }

  /// A line that is longer has other costs.
  private static var longest: Int { 8192 }
}
