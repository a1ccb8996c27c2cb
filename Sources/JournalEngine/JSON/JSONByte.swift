/// The bytes JSON gives a meaning to (RFC 8259 section 2), and reading bytes from memory.
enum JSONByte {
  static var quote: UInt8 { 0x22 }
  static var backslash: UInt8 { 0x5C }
  static var openObject: UInt8 { 0x7B }
  static var closeObject: UInt8 { 0x7D }
  static var openArray: UInt8 { 0x5B }
  static var closeArray: UInt8 { 0x5D }
  static var colon: UInt8 { 0x3A }
  static var comma: UInt8 { 0x2C }
  static var minus: UInt8 { 0x2D }
  static var plus: UInt8 { 0x2B }
  static var point: UInt8 { 0x2E }
  static var zero: UInt8 { 0x30 }
  static var newline: UInt8 { 0x0A }
  static var space: UInt8 { 0x20 }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @inline(__always)
  static func isExponentMark(_ byte: UInt8) -> Bool { byte | 0x20 == 0x65 }

  /// The value of a hexadecimal digit, or nil.
  @inline(__always)
  static func hexValue(_ byte: UInt8) -> UInt32? {
    let digit = byte &- 0x30
    if digit < 10 { return UInt32(digit) }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? UInt32(letter) &+ 10 : nil
  }

  /// Marks, in the top bit of each byte of a word, the bytes a string's scan must stop at: quote,
  /// backslash, control characters and everything beyond ASCII.
  ///
  /// The lowest mark is exact; marks above it can be false, because a subtraction borrows from the
  /// bytes above. Zero where there is nothing to stop at.
  @inline(__always)
  static func stops(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let control = word &- ones &* 0x20
    let quote = (word ^ (ones &* 0x22)) &- ones
    let backslash = (word ^ (ones &* 0x5C)) &- ones
    return (control | quote | backslash | word) & (ones &* 0x80)
  }
}

extension UnsafeRawPointer {
  /// The byte at an index, which the caller has found to be within the buffer.
  @inline(__always)
  func byte(_ index: Int) -> UInt8 {
    unsafe load(fromByteOffset: index, as: UInt8.self)
  }

  /// Eight bytes from an index, the first lowest; the caller has found all to be in the buffer.
  @inline(__always)
  func word(_ index: Int) -> UInt64 {
    unsafe UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Four bytes from an index, the first lowest; the caller has found all to be in the buffer.
  @inline(__always)
  func halfWord(_ index: Int) -> UInt32 {
    unsafe UInt32(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt32.self))
  }
}
