internal import Glibc

/// Reads a line that is spelled as this program spells it: the members in their order, no blank
/// between them. Most lines are, and in these no name need be looked for.
enum CanonicalLine {
  /// What the scanner of any line would find; nil says nothing: the line may be spelled otherwise.
  static func scan(_ line: UnsafeRawBufferPointer) -> ScannedLine? {
    var fields = ScannedLine()
    return unsafe scan(line, into: &fields) ? fields : nil
  }

  /// The same into fields that are empty, and are of no use where it returns false.
  @inline(__always)
  static func scan(_ line: UnsafeRawBufferPointer, into fields: inout ScannedLine) -> Bool {
    guard line.count > tail, line.count < LineFormat.longestLine,
      let base = line.baseAddress
    else { return false }
    let plain = unsafe QuoteMarks.with(line) { marks in
      unsafe scan(line, base, into: &fields) { marks.stringEnd($0) }
    }
    if let plain { return plain }
    return unsafe scan(line, base, into: &fields) {
      unsafe JSONGrammar.stringEnd(base, line.count, $0)
    }
  }

  /// - Parameter stringEnd: the index after the closing quote of the string whose first character
  ///   stands at an index.
  @inline(__always)
  private static func scan(
    _ line: UnsafeRawBufferPointer, _ base: UnsafeRawPointer, into fields: inout ScannedLine,
    _ stringEnd: (Int) -> Int?
  ) -> Bool {
    let last = line.count - tail
    var rest = unsafe JSONCursor(base, end: last)

    guard rest.skip(#"{"seq":"#), let seq = rest.number(), rest.skip(#","time":""#) else {
      return false
    }
    fields.seq = seq
    let time = rest.at
    guard time + Timestamp.textLength < last,
      let moment = unsafe Timestamp(text: base + time)
    else { return false }
    fields.time = moment
    rest.at = time + Timestamp.textLength

    guard rest.skip(#"","type":"#), let type = rest.string(stringEnd), type.count > 2 else {
      return false
    }
    fields.type = TextRange(type.lowerBound, type.upperBound)
    fields.engineType = unsafe EngineType(line, string: type)
    guard text(#","subject":"#, &fields.subject, &rest, stringEnd),
      text(#","by":"#, &fields.by, &rest, stringEnd),
      text(#","id":"#, &fields.id, &rest, stringEnd)
    else { return false }

    if rest.skip(#","data":"#) {
      let start = rest.at
      guard start < last, unsafe base.byte(start) == UInt8(ascii: "{"),
        let end = unsafe JSONGrammar.valueEnd(base, last, start, stringEnd)
      else { return false }
      fields.data = TextRange(start, end)
      rest.at = end
    }

    guard rest.skip(#","durable":"#), let durable = rest.number(), rest.skip(#","nonce":""#),
      rest.at + 16 <= last, let nonce = unsafe Hex.word(line, from: rest.at)
    else { return false }
    fields.durable = durable
    fields.nonce = nonce
    rest.at += 16
    guard rest.skip("\"") else { return false }
    fields.more = rest.skip(#","more":true"#)

    guard rest.at == last, seq >= 1, durable < seq, !(fields.isSeal && fields.more),
      unsafe memcmp(base + last, #","prev":""#, 9) == 0,
      unsafe memcmp(base + line.count - 2, #""}"#, 2) == 0,
      let prev = unsafe Digest(
        hexDigits: UnsafeRawBufferPointer(rebasing: line[last + 9..<last + 73]))
    else { return false }
    fields.prev = prev
    return true
  }

  /// `,"prev":"`, the digits, and `"}`.
  private static let tail = 75

  /// False where what stands there is no string after all.
  @inline(__always)
  private static func text(
    _ name: StaticString, _ field: inout TextRange?, _ rest: inout JSONCursor,
    _ stringEnd: (Int) -> Int?
  ) -> Bool {
    guard rest.skip(name) else { return true }
    guard let string = rest.string(stringEnd) else { return false }
    field = TextRange(string.lowerBound, string.upperBound)
    return true
  }
}

extension JSONCursor {
  /// Passes a string, quotes included.
  @inline(__always)
  fileprivate mutating func string(_ stringEnd: (Int) -> Int?) -> Range<Int>? {
    let start = at
    guard start < end, unsafe base.byte(start) == JSONByte.quote,
      let stop = stringEnd(start + 1), stop <= end
    else { return nil }
    at = stop
    return start..<stop
  }
}
