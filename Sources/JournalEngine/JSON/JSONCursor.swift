internal import Glibc

/// Goes along JSON text that is spelled as this program spells it, without making values of it.
///
/// Every function says by nil or false that something else stands there: then the text is to be read
/// as any JSON is.
@safe package struct JSONCursor {
  // Valid while the call runs that was lent the text; nothing at or behind `end` is read.
  let base: UnsafeRawPointer
  let end: Int
  var at = 0

  @inline(__always)
  init(_ base: UnsafeRawPointer, end: Int) {
    unsafe self.base = base
    self.end = end
  }

  package var isAtEnd: Bool { at == end }

  /// Whether a text stands there, which is passed then.
  @inline(__always)
  package mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard at + count <= end, unsafe memcmp(base + at, text.utf8Start, count) == 0 else {
      return false
    }
    at += count
    return true
  }

  /// A plain decimal integer of up to 18 digits, which no overflow can reach.
  @inline(__always)
  package mutating func number() -> Int64? {
    let start = at
    var value: Int64 = 0
    while at < end {
      let digit = unsafe base.byte(at) &- JSONByte.zero
      guard digit < 10 else { break }
      value = value &* 10 &+ Int64(digit)
      at += 1
      guard at - start <= 18 else { return nil }
    }
    guard at > start else { return nil }
    if at - start > 1, unsafe base.byte(start) == JSONByte.zero { return nil }
    return value
  }

  /// A string without escapes, of text that is known to be JSON.
  package mutating func text() -> String? {
    guard at < end, unsafe base.byte(at) == JSONByte.quote else { return nil }
    let start = at + 1
    var index = start
    while index < end {
      if index + 8 <= end, unsafe JSONByte.stops(in: base.word(index)) == 0 {
        index += 8
        continue
      }
      let byte = unsafe base.byte(index)
      if byte == JSONByte.quote {
        at = index + 1
        return unsafe String(
          decoding: UnsafeRawBufferPointer(start: base + start, count: index - start),
          as: UTF8.self)
      }
      if byte == JSONByte.backslash { return nil }
      index += 1
    }
    return nil
  }

  /// Whether a string without escapes stands there and denotes a text; it is passed then.
  package mutating func skip(text: String) -> Bool {
    let count = text.utf8.count
    guard count + 2 <= end - at else { return false }
    let isThere = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
      let text = UnsafeRawBufferPointer(bytes)
      guard let start = text.baseAddress else { return true }
      // A text with what has to be escaped is never spelled as it is.
      return unsafe memcmp(base + at + 1, start, count) == 0 && JSONText.isPlain(text)
    }
    guard isThere == true, unsafe base.byte(at) == JSONByte.quote,
      unsafe base.byte(at + count + 1) == JSONByte.quote
    else { return false }
    at += count + 2
    return true
  }
}

extension Entry {
  /// Lends a cursor over the fields' text to a closure.
  ///
  /// - Returns: what the closure returns; false where the line has no fields.
  package func readFields(_ body: (inout JSONCursor) -> Bool) -> Bool {
    guard let place = fields.data?.range else { return false }
    return unsafe withLine { line in
      guard let base = line.baseAddress, place.upperBound <= line.count else { return false }
      var cursor = unsafe JSONCursor(base + place.lowerBound, end: place.count)
      return body(&cursor)
    }
  }

  /// The subject, where it is spelled without escapes; nil elsewhere, or where there is none.
  ///
  /// - Parameter expected: is given back where it is the same, so that nothing need be made.
  package func plainSubject(expecting expected: String? = nil) -> String? {
    guard let place = fields.subject?.range else { return nil }
    return unsafe withLine { line in
      guard let base = line.baseAddress, place.upperBound <= line.count else { return nil }
      var cursor = unsafe JSONCursor(base + place.lowerBound, end: place.count)
      if let expected, cursor.skip(text: expected), cursor.isAtEnd { return expected }
      cursor.at = 0
      return cursor.text()
    }
  }

  /// Whether the type is this one, of ASCII, and is spelled without escapes.
  package func isPlainly(_ type: String) -> Bool {
    let place = fields.type.range
    guard place.count == type.utf8.count + 2 else { return false }
    return unsafe withLine { line in
      guard let base = line.baseAddress, place.upperBound <= line.count else { return false }
      var cursor = unsafe JSONCursor(base + place.lowerBound, end: place.count)
      return cursor.skip(text: type) && cursor.isAtEnd
    }
  }
}
