/// Checks bytes against the grammar of RFC 8259 without building anything.
///
/// Every function returns the index just after the thing it looks for, or nil where the bytes are
/// not it. Nothing recurses, so nesting is bounded by the input's length only; nothing outside the
/// buffer is read, whatever the index; duplicate names are not looked for.
///
/// This is the hot path of replaying a journal, hence the raw pointers: each entry checks its
/// index once, and inside every read is preceded by a comparison with the buffer's count.
package enum JSONGrammar {
  /// Checks one value, blanks allowed between its tokens but not before it.
  ///
  /// In: the buffer, and the index of the value's first byte. Out: the index after its last byte.
  /// For a number that is the longest number there: what may follow is the caller's affair.
  /// Source: RFC 8259 sections 2 to 7. Cost: linear in the value's length.
  package static func endOfValue(_ bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
    guard let base = bytes.baseAddress, from >= 0, from < bytes.count else { return nil }
    return unsafe valueEnd(base, bytes.count, from) { content in
      unsafe stringEnd(base, bytes.count, content)
    }
  }

  /// As ``endOfValue(_:from:)``, for an index known to be within the buffer, and where something
  /// tells where the string ends whose first character stands at an index.
  @inline(__always)
  static func valueEnd(
    _ base: UnsafeRawPointer, _ count: Int, _ from: Int, _ stringEnd: (Int) -> Int?
  ) -> Int? {
    var open = JSONBitStack()
    var index = from
    while true {
      // A value begins at `index`.
      guard index < count else { return nil }
      let first = unsafe base.byte(index)
      if first == JSONByte.quote {
        guard let end = stringEnd(index &+ 1) else { return nil }
        index = end
      } else if first == JSONByte.openObject {
        open.push(true)
        index = unsafe blanksEnd(base, count, index &+ 1)
        guard index < count else { return nil }
        if unsafe base.byte(index) != JSONByte.closeObject {
          guard let value = unsafe nameEnd(base, count, index, stringEnd) else { return nil }
          index = value
          continue
        }
        open.pop()
        index &+= 1
      } else if first == JSONByte.openArray {
        open.push(false)
        index = unsafe blanksEnd(base, count, index &+ 1)
        guard index < count else { return nil }
        if unsafe base.byte(index) != JSONByte.closeArray { continue }
        open.pop()
        index &+= 1
      } else {
        guard let end = unsafe scalarEnd(base, count, index, first) else { return nil }
        index = end
      }

      // A value ended before `index`: a comma leads to the next one, a bracket ends another.
      var next = false
      while !next {
        if open.depth == 0 { return index }
        index = unsafe blanksEnd(base, count, index)
        guard index < count else { return nil }
        let byte = unsafe base.byte(index)
        index &+= 1
        if byte == JSONByte.comma {
          index = unsafe blanksEnd(base, count, index)
          if open.top {
            guard let value = unsafe nameEnd(base, count, index, stringEnd) else { return nil }
            index = value
          }
          next = true
        } else if byte == (open.top ? JSONByte.closeObject : JSONByte.closeArray) {
          open.pop()
        } else {
          return nil
        }
      }
    }
  }

  /// Skips space, tab, line feed and carriage return.
  ///
  /// Out: the index of the first other byte, or the buffer's count.
  /// Source: RFC 8259 section 2.
  package static func skipBlanks(_ bytes: UnsafeRawBufferPointer, from: Int) -> Int {
    guard let base = bytes.baseAddress, from >= 0 else { return from }
    return unsafe blanksEnd(base, bytes.count, from)
  }

  @inline(__always)
  private static func blanksEnd(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> Int {
    var index = from
    while index < count, unsafe JSONByte.isBlank(base.byte(index)) { index &+= 1 }
    return index
  }

  /// Reads a member's name, its colon and the blanks around that: the index of the value.
  @inline(__always)
  private static func nameEnd(
    _ base: UnsafeRawPointer, _ count: Int, _ from: Int, _ stringEnd: (Int) -> Int?
  ) -> Int? {
    guard from < count, unsafe base.byte(from) == JSONByte.quote,
      let end = stringEnd(from &+ 1)
    else { return nil }
    let colon = unsafe blanksEnd(base, count, end)
    guard colon < count, unsafe base.byte(colon) == JSONByte.colon else { return nil }
    return unsafe blanksEnd(base, count, colon &+ 1)
  }

  /// Reads a number or a literal.
  @inline(__always)
  private static func scalarEnd(
    _ base: UnsafeRawPointer, _ count: Int, _ from: Int, _ first: UInt8
  ) -> Int? {
    if JSONByte.isDigit(first) || first == JSONByte.minus {
      return unsafe numberEnd(base, count, from)
    }
    return unsafe literalEnd(base, count, from)
  }

  /// Reads `true`, `false` or `null`; the index points within the buffer.
  @inline(__always)
  static func literalEnd(_ base: UnsafeRawPointer, _ count: Int, _ from: Int) -> Int? {
    guard count &- from >= 4 else { return nil }
    switch unsafe base.halfWord(from) {
    case 0x6575_7274:  // "true", the first byte lowest
      return from &+ 4
    case 0x6C6C_756E:  // "null"
      return from &+ 4
    case 0x736C_6166:  // "fals"
      guard count &- from >= 5, unsafe base.byte(from &+ 4) == 0x65 else { return nil }
      return from &+ 5
    default:
      return nil
    }
  }
}
