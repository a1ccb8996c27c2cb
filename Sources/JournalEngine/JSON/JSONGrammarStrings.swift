extension JSONGrammar {
  /// Checks one string.
  ///
  /// In: the buffer, and the index of the opening quote. Out: the index after the closing quote.
  /// Refused are bytes which are not UTF-8 (overlong forms, encoded surrogates, beyond U+10FFFF),
  /// raw control characters, unknown escapes, and `\u` escapes of half a surrogate pair.
  /// Source: RFC 8259 section 7, RFC 3629 section 4. Cost: linear in the string's length.
  package static func endOfString(_ bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
    guard let base = bytes.baseAddress, from >= 0, from < bytes.count,
      unsafe base.byte(from) == JSONByte.quote
    else { return nil }
    return unsafe stringEnd(base, bytes.count, from &+ 1)
  }

  /// As ``endOfString(_:from:)``, from the byte after the opening quote.
  @inline(__always)
  static func stringEnd(_ base: UnsafeRawPointer, _ count: Int, _ content: Int) -> Int? {
    // Most names and many values end within the first words: those are found here, and what needs
    // a closer look is left to a function of its own, which keeps this small enough to inline.
    var index = content
    while index &+ 8 <= count {
      let stops = unsafe JSONByte.stops(in: base.word(index))
      if stops != 0 {
        index &+= stops.trailingZeroBitCount &>> 3
        if unsafe base.byte(index) == JSONByte.quote { return index &+ 1 }
        break
      }
      index &+= 8
    }
    return unsafe closelyReadStringEnd(base, count, index)
  }

  /// Reads the rest of a string from an index between two of its characters.
  @inline(never)
  private static func closelyReadStringEnd(
    _ base: UnsafeRawPointer, _ count: Int, _ from: Int
  ) -> Int? {
    var index = from
    while index < count {
      let byte = unsafe base.byte(index)
      if byte == JSONByte.quote { return index &+ 1 }
      if byte < 0x20 { return nil }
      if byte >= 0x80 {
        guard let end = unsafe multibyteEnd(base, count, index) else { return nil }
        index = end
        continue
      }
      if byte == JSONByte.backslash {
        guard let end = unsafe escapeEnd(base, count, index) else { return nil }
        index = end
      } else {
        index &+= 1
      }
      while index &+ 8 <= count {
        let stops = unsafe JSONByte.stops(in: base.word(index))
        if stops != 0 {
          index &+= stops.trailingZeroBitCount &>> 3
          break
        }
        index &+= 8
      }
    }
    return nil
  }

  /// Reads one character of two to four bytes; the index points within the buffer.
  ///
  /// Source: the table of RFC 3629 section 4.
  @inline(__always)
  static func multibyteEnd(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> Int? {
    let lead = unsafe base.byte(from)
    let length: Int
    // The second byte's range is narrower after some lead bytes: that is what keeps out overlong
    // forms (E0, F0), surrogates (ED) and what is beyond U+10FFFF (F4).
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF:
      length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { lowest = 0xA0 } else if lead == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { lowest = 0x90 } else if lead == 0xF4 { highest = 0x8F }
    default:
      return nil
    }
    guard count &- from >= length else { return nil }
    let second = unsafe base.byte(from &+ 1)
    guard second >= lowest, second <= highest else { return nil }
    if length > 2, unsafe base.byte(from &+ 2) & 0xC0 != 0x80 { return nil }
    if length > 3, unsafe base.byte(from &+ 3) & 0xC0 != 0x80 { return nil }
    return from &+ length
  }

  /// Reads one escape from its backslash, a pair of surrogates as one.
  static func escapeEnd(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> Int? {
    guard count &- from >= 2 else { return nil }
    switch unsafe base.byte(from &+ 1) {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74:  // " \ / b f n r t
      return from &+ 2
    case 0x75:  // u
      guard let unit = unsafe unicodeEscape(base, count, from) else { return nil }
      if unit & 0xF800 != 0xD800 { return from &+ 6 }
      guard unit < 0xDC00, let low = unsafe unicodeEscape(base, count, from &+ 6),
        low & 0xFC00 == 0xDC00
      else { return nil }
      return from &+ 12
    default:
      return nil
    }
  }

  /// Reads the code unit of a `\u` escape from its backslash, or nil where there is none.
  static func unicodeEscape(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> UInt32? {
    guard count &- from >= 6, unsafe base.byte(from) == JSONByte.backslash,
      unsafe base.byte(from &+ 1) == 0x75
    else { return nil }
    var unit: UInt32 = 0
    for index in (from &+ 2)..<(from &+ 6) {
      guard let digit = unsafe JSONByte.hexValue(base.byte(index)) else { return nil }
      unit = unit &<< 4 | digit
    }
    return unit
  }
}
