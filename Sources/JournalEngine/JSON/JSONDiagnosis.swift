/// Finds out why bytes were refused.
///
/// Kept apart from the grammar, whose answer is only yes or no and whose speed matters; here every
/// input is a broken one and speed does not.
enum JSONDiagnosis {
  /// Why there is no string at an opening quote.
  static func string(_ bytes: UnsafeRawBufferPointer, from: Int) -> JSONError {
    guard let base = bytes.baseAddress else { return JSONError(.unterminated, offset: 0) }
    let count = bytes.count
    var index = from + 1
    while index < count {
      let byte = unsafe base.byte(index)
      if byte < 0x20 { return JSONError(.controlCharacter, offset: index) }
      if byte >= 0x80 {
        guard let end = unsafe JSONGrammar.multibyteEnd(base, count, index) else {
          return JSONError(.invalidUTF8, offset: index)
        }
        index = end
      } else if byte == JSONByte.backslash {
        guard let end = unsafe JSONGrammar.escapeEnd(base, count, index) else {
          return unsafe escape(base, count, index)
        }
        index = end
      } else {
        index += 1
      }
    }
    return JSONError(.unterminated, offset: count)
  }

  /// Why there is no escape at a backslash.
  private static func escape(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> JSONError {
    if from + 1 == count { return JSONError(.unterminated, offset: count) }
    // Four digits were read and yet refused: that leaves half a pair.
    let isHalf = unsafe JSONGrammar.unicodeEscape(base, count, from) != nil
    return JSONError(isHalf ? .loneSurrogate : .badEscape, offset: from)
  }

  /// What is wrong with a byte outside strings, or with the end of the bytes.
  ///
  /// In: the code for a proper character that is out of place.
  static func unexpected(
    _ bytes: UnsafeRawBufferPointer, at index: Int, otherwise code: JSONError.Code
  ) -> JSONError {
    guard let base = bytes.baseAddress, index < bytes.count else {
      return JSONError(.unterminated, offset: bytes.count)
    }
    if unsafe base.byte(index) >= 0x80,
      unsafe JSONGrammar.multibyteEnd(base, bytes.count, index) == nil
    {
      return JSONError(.invalidUTF8, offset: index)
    }
    return JSONError(code, offset: index)
  }
}
