/// Writes strings and numbers as JSON writes them.
package enum JSONText {
  /// Appends a string in quotes, escaping only what must be.
  ///
  /// Escaped are the quote, the backslash and control characters, these with the short forms `\b`,
  /// `\t`, `\n`, `\f`, `\r` where there is one and `\u00xx` otherwise; all else is raw UTF-8.
  /// Source: RFC 8259 section 7; the very form RFC 8785 section 3.2.2.2 asks for. Cost: linear.
  package static func appendString(_ string: String, to output: inout [UInt8]) {
    output.append(JSONByte.quote)
    unsafe string.utf8.span.withUnsafeBytes { unsafe appendEscaped($0, to: &output) }
    output.append(JSONByte.quote)
  }

  /// Appends a whole number. Cost: a step a digit.
  package static func appendNumber(_ number: Int64, to output: inout [UInt8]) {
    guard number >= 0 else { return output.append(contentsOf: String(number).utf8) }
    unsafe DecimalDigits(number).withBytes { unsafe output.append(contentsOf: $0) }
  }

  /// Appends a part of a string in quotes, as ``appendString(_:to:)-(String,_)``.
  package static func appendString(_ string: Substring.UTF8View, to output: inout [UInt8]) {
    output.append(JSONByte.quote)
    let done: Void? = unsafe string.withContiguousStorageIfAvailable { bytes in
      unsafe appendEscaped(UnsafeRawBufferPointer(bytes), to: &output)
    }
    if done == nil {
      unsafe Array(string).withUnsafeBytes { bytes in
        unsafe appendEscaped(bytes, to: &output)
      }
    }
    output.append(JSONByte.quote)
  }

  /// Whether a text is ASCII and stands in quotes as it is.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let count = bytes.count
    var index = 0
    if count >= 8 {
      while index < count - 8 {
        guard unsafe JSONByte.stops(in: base.word(index)) == 0 else { return false }
        index += 8
      }
      // The last eight, some of them again.
      return unsafe JSONByte.stops(in: base.word(count - 8)) == 0
    }
    while index < count {
      let byte = unsafe base.byte(index)
      guard byte >= 0x20, byte < 0x80, byte != JSONByte.quote, byte != JSONByte.backslash
      else { return false }
      index += 1
    }
    return true
  }

  /// Whether a text, which is UTF-8, stands in quotes as it is.
  static func standsAsItIs(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if unsafe isPlain(bytes) { return true }
    return unsafe !bytes.contains { byte in
      byte < 0x20 || byte == JSONByte.quote || byte == JSONByte.backslash
    }
  }

  private static func appendEscaped(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    // Runs without escapes are copied at once.
    var copied = 0
    var index = 0
    while index < bytes.count {
      if index + 8 <= bytes.count, let base = bytes.baseAddress,
        unsafe JSONByte.stops(in: base.word(index)) == 0
      {
        index += 8
        continue
      }
      let byte = unsafe bytes[index]
      if byte < 0x20 || byte == JSONByte.quote || byte == JSONByte.backslash {
        unsafe output.append(contentsOf: bytes[copied..<index])
        appendEscape(of: byte, to: &output)
        copied = index + 1
      }
      index += 1
    }
    unsafe output.append(contentsOf: bytes[copied...])
  }

  private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
    output.append(JSONByte.backslash)
    switch byte {
    case 0x08: output.append(0x62)
    case 0x09: output.append(0x74)
    case 0x0A: output.append(0x6E)
    case 0x0C: output.append(0x66)
    case 0x0D: output.append(0x72)
    case 0x00..<0x20:
      let low = byte & 0x0F
      output.append(contentsOf: [0x75, 0x30, 0x30, 0x30 + byte >> 4])
      output.append(low < 10 ? 0x30 + low : 0x57 + low)
    default: output.append(byte)
    }
  }
}
