internal import Glibc

/// Reads a line that is spelled as this program spells it: the members in their order, no blank
/// between them. Most lines are, and in these no name need be looked for.
enum CanonicalLine {
  /// What the scanner of any line would find; nil says nothing: the line may be spelled otherwise.
  static func scan(_ line: UnsafeRawBufferPointer) -> ScannedLine? {
    guard line.count > tail, line.count < LineFormat.longestLine,
      let base = line.baseAddress
    else { return nil }
    let last = line.count - tail
    var rest = unsafe Rest(base: base, end: last)
    var fields = ScannedLine()

    guard rest.skip(#"{"seq":"#), let seq = rest.number(), rest.skip(#","time":""#) else {
      return nil
    }
    fields.seq = seq
    let time = rest.at..<rest.at + Timestamp.textLength
    guard time.upperBound < last,
      let moment = unsafe Timestamp(text: UnsafeRawBufferPointer(rebasing: line[time]))
    else { return nil }
    fields.time = moment
    rest.at = time.upperBound

    guard rest.skip(#"","type":"#), let type = unsafe rest.string(line), type.count > 2 else {
      return nil
    }
    fields.type = TextRange(type.lowerBound, type.upperBound)
    fields.engineType = unsafe EngineType(line, string: type)
    guard unsafe text(#","subject":"#, &fields.subject, &rest, line),
      unsafe text(#","by":"#, &fields.by, &rest, line),
      unsafe text(#","id":"#, &fields.id, &rest, line),
      unsafe data(&fields, &rest, line)
    else { return nil }

    guard rest.skip(#","durable":"#), let durable = rest.number(), rest.skip(#","nonce":""#),
      rest.at + 16 <= last, let nonce = unsafe Hex.word(line, from: rest.at)
    else { return nil }
    fields.durable = durable
    fields.nonce = nonce
    rest.at += 16
    guard rest.skip("\"") else { return nil }
    fields.more = rest.skip(#","more":true"#)

    guard rest.at == last, seq >= 1, durable < seq, !(fields.isSeal && fields.more),
      unsafe memcmp(base + last, #","prev":""#, 9) == 0,
      unsafe memcmp(base + line.count - 2, #""}"#, 2) == 0,
      let prev = unsafe Digest(
        hexDigits: UnsafeRawBufferPointer(rebasing: line[last + 9..<last + 73]))
    else { return nil }
    fields.prev = prev
    return fields
  }

  /// `,"prev":"`, the digits, and `"}`.
  private static let tail = 75

  /// False where what stands there is no string after all.
  private static func text(
    _ name: StaticString, _ field: inout TextRange?, _ rest: inout Rest,
    _ line: UnsafeRawBufferPointer
  ) -> Bool {
    guard rest.skip(name) else { return true }
    guard let string = unsafe rest.string(line) else { return false }
    field = TextRange(string.lowerBound, string.upperBound)
    return true
  }

  private static func data(
    _ fields: inout ScannedLine, _ rest: inout Rest, _ line: UnsafeRawBufferPointer
  ) -> Bool {
    guard rest.skip(#","data":"#) else { return true }
    let start = rest.at
    guard unsafe line[start] == UInt8(ascii: "{"),
      let end = unsafe JSONGrammar.endOfValue(line, from: start), end <= rest.end
    else { return false }
    fields.data = TextRange(start, end)
    rest.at = end
    return true
  }

  /// What is still to be read, up to the last member.
  @safe private struct Rest {
    // Valid while the call runs that was lent the line; nothing at or behind `end` is read.
    let base: UnsafeRawPointer
    let end: Int
    var at = 0

    init(base: UnsafeRawPointer, end: Int) {
      unsafe self.base = base
      self.end = end
    }

    /// Whether a text stands there, which is passed then.
    @inline(__always)
    mutating func skip(_ text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      guard at + count <= end, unsafe memcmp(base + at, text.utf8Start, count) == 0 else {
        return false
      }
      at += count
      return true
    }

    /// A plain decimal integer of up to 18 digits, which no overflow can reach.
    mutating func number() -> Int64? {
      let start = at
      var value: Int64 = 0
      while at < end {
        let digit = unsafe base.byte(at) &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        value = value &* 10 &+ Int64(digit)
        at += 1
        guard at - start <= 18 else { return nil }
      }
      guard at > start else { return nil }
      if at - start > 1, unsafe base.byte(start) == UInt8(ascii: "0") {
        return nil
      }
      return value
    }

    mutating func string(_ line: UnsafeRawBufferPointer) -> Range<Int>? {
      let start = at
      guard let stop = unsafe JSONGrammar.endOfString(line, from: start), stop <= end else {
        return nil
      }
      at = stop
      return start..<stop
    }
  }
}
