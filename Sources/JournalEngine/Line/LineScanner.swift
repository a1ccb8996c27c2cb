/// Decides whether bytes are a well-formed line (Docs/Format.md, "A line"), and finds its members.
///
/// Pure: bytes in, members or nil out. Nil means *torn*; why it is torn matters to nobody but a
/// person, who has the bytes to look at.
package enum LineScanner {
  /// Scans a line without its newline. Cost: one pass over the bytes, and no allocation unless
  /// the line has members of its own or names with escapes.
  package static func scan(_ line: UnsafeRawBufferPointer) -> ScannedLine? {
    unsafe CanonicalLine.scan(line) ?? scanAnySpelling(line)
  }

  /// The same into fields that are empty, and are of no use where it returns false.
  static func scan(_ line: UnsafeRawBufferPointer, into fields: inout ScannedLine) -> Bool {
    if unsafe CanonicalLine.scan(line, into: &fields) { return true }
    guard let found = unsafe scanAnySpelling(line) else { return false }
    fields = found
    return true
  }

  /// The same, whatever the order of the members, and wherever there are blanks.
  static func scanAnySpelling(_ line: UnsafeRawBufferPointer) -> ScannedLine? {
    guard line.count >= 2, line.count < LineFormat.longestLine,
      unsafe line[0] == UInt8(ascii: "{"), unsafe line[line.count - 1] == UInt8(ascii: "}")
    else { return nil }
    var fields = ScannedLine()
    var seen = Members()
    var others: Set<JSONKey> = []
    var at = unsafe JSONGrammar.skipBlanks(line, from: 1)
    if at == line.count - 1 { return nil }  // `{}` has no seq
    while true {
      guard let nameEnd = unsafe JSONGrammar.endOfString(line, from: at) else { return nil }
      let name = at..<nameEnd
      at = unsafe JSONGrammar.skipBlanks(line, from: nameEnd)
      guard at < line.count, unsafe line[at] == UInt8(ascii: ":") else { return nil }
      let start = unsafe JSONGrammar.skipBlanks(line, from: at + 1)
      guard start < line.count, let end = unsafe JSONGrammar.endOfValue(line, from: start) else {
        return nil
      }
      let member = unsafe member(named: name, in: line)
      if let member {
        guard seen.insert(member), unsafe take(member, start..<end, of: line, into: &fields) else {
          return nil
        }
      } else {
        let text = unsafe JSONGrammar.unescape(line, string: name)
        guard others.insert(JSONKey(text: text)).inserted else { return nil }
      }
      at = unsafe JSONGrammar.skipBlanks(line, from: end)
      guard at < line.count else { return nil }
      switch unsafe line[at] {
      case UInt8(ascii: ","): at = unsafe JSONGrammar.skipBlanks(line, from: at + 1)
      case UInt8(ascii: "}"):
        guard at == line.count - 1, seen.isComplete, fields.durable < fields.seq,
          !(fields.isSeal && fields.more)
        else { return nil }
        return fields
      default: return nil
      }
    }
  }

  private enum Member: UInt16 {
    case seq = 1
    case time = 2
    case type = 4
    case durable = 8
    case nonce = 16
    case prev = 32
    case subject = 64
    case by = 128
    case id = 256
    case data = 512
    case more = 1024
  }

  private struct Members {
    private var bits: UInt16 = 0

    /// False where it stood there before.
    mutating func insert(_ member: Member) -> Bool {
      defer { bits |= member.rawValue }
      return bits & member.rawValue == 0
    }

    /// The first six are not optional.
    var isComplete: Bool { bits & 63 == 63 }
  }

  private static func member(named name: Range<Int>, in line: UnsafeRawBufferPointer) -> Member? {
    let inside = unsafe UnsafeRawBufferPointer(
      rebasing: line[name.lowerBound + 1..<name.upperBound - 1])
    if unsafe inside.contains(UInt8(ascii: "\\")) {
      // A name with escapes is the same name: "\u0073eq" is "seq".
      let text = unsafe JSONGrammar.unescape(line, string: name)
      return unsafe text.utf8.span.withUnsafeBytes { unsafe member(spelled: $0) }
    }
    return unsafe member(spelled: inside)
  }

  private static func member(spelled name: UnsafeRawBufferPointer) -> Member? {
    func spells(_ text: StaticString) -> Bool {
      for index in 0..<name.count where unsafe text.utf8Start[index] != name[index] {
        return false
      }
      return true
    }
    switch name.count {
    case 2:
      if spells("by") { return .by }
      return spells("id") ? .id : nil
    case 3: return spells("seq") ? .seq : nil
    case 4:
      if spells("time") { return .time }
      if spells("type") { return .type }
      if spells("data") { return .data }
      if spells("prev") { return .prev }
      return spells("more") ? .more : nil
    case 5: return spells("nonce") ? .nonce : nil
    case 7:
      if spells("subject") { return .subject }
      return spells("durable") ? .durable : nil
    default: return nil
    }
  }

  /// Checks a known member's type and keeps it; false where the type is another.
  private static func take(
    _ member: Member, _ value: Range<Int>, of line: UnsafeRawBufferPointer,
    into fields: inout ScannedLine
  ) -> Bool {
    let place = TextRange(value.lowerBound, value.upperBound)
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: line[value])
    let isString = unsafe bytes[0] == UInt8(ascii: "\"")
    switch member {
    case .seq:
      guard let number = unsafe integer(bytes), number >= 1 else { return false }
      fields.seq = number
    case .durable:
      guard let number = unsafe integer(bytes) else { return false }
      fields.durable = number
    case .time:
      guard isString, let text = unsafe plain(bytes), let time = unsafe Timestamp(text: text)
      else { return false }
      fields.time = time
    case .nonce:
      guard isString, let text = unsafe plain(bytes), text.count == 16,
        let word = unsafe Hex.word(text, from: 0)
      else { return false }
      fields.nonce = word
    case .prev:
      guard isString, let text = unsafe plain(bytes), let digest = unsafe Digest(hexDigits: text)
      else { return false }
      fields.prev = digest
    case .more:
      guard bytes.count == 4, unsafe bytes[0] == UInt8(ascii: "t") else { return false }
      fields.more = true
    case .data:
      guard unsafe bytes[0] == UInt8(ascii: "{") else { return false }
      fields.data = place
    case .type:
      guard isString, bytes.count > 2 else { return false }
      fields.type = place
      fields.engineType = unsafe EngineType(line, string: value)
    case .subject:
      fields.subject = place
      return isString
    case .by:
      fields.by = place
      return isString
    case .id:
      fields.id = place
      return isString
    }
    return true
  }

  /// What stands between the quotes, where it is spelled without escapes: `time`, `nonce` and
  /// `prev` are fixed forms, and an escape would be another spelling of the same hash.
  private static func plain(_ string: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard string.count >= 2 else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: string[1..<string.count - 1])
  }

  /// A plain decimal integer below 2⁶³: no sign, fraction, exponent or leading zero.
  private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count >= 1, bytes.count <= 19 else { return nil }
    guard unsafe bytes.count == 1 || bytes[0] != UInt8(ascii: "0") else { return nil }
    var value: Int64 = 0
    for index in 0..<bytes.count {
      let digit = unsafe bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tenfold.addingReportingOverflow(Int64(digit))
      guard !over, !carry else { return nil }
      value = sum
    }
    return value
  }
}

extension JSONGrammar {
  /// Whether a JSON string (its quotes in the range, already checked) denotes a text.
  package static func equals(
    _ bytes: UnsafeRawBufferPointer, string: Range<Int>, text: String
  ) -> Bool {
    let inside = string.lowerBound + 1..<string.upperBound - 1
    let same = unsafe text.utf8.span.withUnsafeBytes { expected in
      guard expected.count == inside.count else { return false }
      for index in 0..<expected.count
      where unsafe expected[index] != bytes[inside.lowerBound + index] {
        return false
      }
      return true
    }
    if same { return true }
    for index in inside where unsafe bytes[index] == UInt8(ascii: "\\") {
      return unsafe unescape(bytes, string: string).utf8.elementsEqual(text.utf8)
    }
    return false
  }
}
