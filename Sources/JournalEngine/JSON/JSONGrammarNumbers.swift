extension JSONGrammar {
  /// Checks one number.
  ///
  /// In: the buffer, and the index of the number's first byte. Out: the index after the longest
  /// number there, so 1 for `01`; nil for what begins as a number and is broken off, as `1.`.
  /// Source: RFC 8259 section 6. Cost: linear in the number's length.
  package static func endOfNumber(_ bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
    guard let base = bytes.baseAddress, from >= 0, from < bytes.count else { return nil }
    return unsafe numberEnd(base, bytes.count, from)
  }

  /// As ``endOfNumber(_:from:)``, for an index known to be within the buffer.
  @inline(__always)
  static func numberEnd(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> Int? {
    var index = from
    if unsafe base.byte(index) == JSONByte.minus { index &+= 1 }

    guard index < count else { return nil }
    if unsafe base.byte(index) == JSONByte.zero {
      index &+= 1
    } else {
      guard let end = unsafe digitsEnd(base, count, index) else { return nil }
      index = end
    }

    if index < count, unsafe base.byte(index) == JSONByte.point {
      guard let end = unsafe digitsEnd(base, count, index &+ 1) else { return nil }
      index = end
    }

    if index < count, unsafe JSONByte.isExponentMark(base.byte(index)) {
      index &+= 1
      guard index < count else { return nil }
      let sign = unsafe base.byte(index)
      if sign == JSONByte.plus || sign == JSONByte.minus { index &+= 1 }
      guard let end = unsafe digitsEnd(base, count, index) else { return nil }
      index = end
    }
    return index
  }

  /// Reads one digit or more.
  @inline(__always)
  private static func digitsEnd(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> Int? {
    var index = from
    while index < count, unsafe JSONByte.isDigit(base.byte(index)) { index &+= 1 }
    return index > from ? index : nil
  }
}
