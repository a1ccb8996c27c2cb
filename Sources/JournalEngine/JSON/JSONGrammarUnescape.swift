extension JSONGrammar {
  /// The characters of a string in the buffer.
  ///
  /// In: the buffer, and the string's range, quotes included, as ``endOfString(_:from:)`` has
  /// accepted it. A range that reaches outside the buffer is clamped and a broken escape gives
  /// U+FFFD, so a mistaken caller gets odd text but never foreign memory.
  /// Source: RFC 8259 section 7. Cost: linear in the string's length.
  package static func unescape(_ bytes: UnsafeRawBufferPointer, string: Range<Int>) -> String {
    guard let base = bytes.baseAddress, string.count > 2 else { return "" }
    let range = (string.lowerBound + 1..<string.upperBound - 1).clamped(to: 0..<bytes.count)
    let content = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    guard unsafe content.contains(JSONByte.backslash) else {
      return unsafe String(decoding: content, as: UTF8.self)
    }
    // An escape is never shorter than what it stands for: \u0800 has six bytes for three.
    return unsafe String(unsafeUninitializedCapacity: content.count) { target in
      unsafe unescape(base, range, into: target)
    }
  }

  /// Unescapes into memory of at least the range's length; returns the number of bytes written.
  private static func unescape(
    _ base: UnsafeRawPointer, _ range: Range<Int>, into target: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var written = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe base.byte(index)
      guard byte == JSONByte.backslash else {
        unsafe target[written] = byte
        written += 1
        index += 1
        continue
      }
      let (scalar, end) = unsafe escapedScalar(base, range.upperBound, index)
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      where written < target.count {
        unsafe target[written] = byte
        written += 1
      }
      index = end
    }
    return written
  }

  /// The character an escape stands for, and the index after the escape.
  private static func escapedScalar(
    _ base: UnsafeRawPointer, _ count: Int, _ from: Int
  ) -> (scalar: Unicode.Scalar, end: Int) {
    guard let end = unsafe escapeEnd(base, count, from) else {
      return ("\u{FFFD}", from + 1)
    }
    let letter = unsafe base.byte(from + 1)
    switch letter {
    case 0x62: return ("\u{8}", end)
    case 0x66: return ("\u{C}", end)
    case 0x6E: return ("\n", end)
    case 0x72: return ("\r", end)
    case 0x74: return ("\t", end)
    case 0x75: break
    default: return (Unicode.Scalar(letter), end)
    }
    var code = unsafe unicodeEscape(base, count, from) ?? 0xFFFD
    if end - from == 12, let low = unsafe unicodeEscape(base, count, from + 6) {
      code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
    }
    return (Unicode.Scalar(code) ?? "\u{FFFD}", end)
  }
}
