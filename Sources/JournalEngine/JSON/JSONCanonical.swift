extension JSON {
  /// The value in the one form all equal values share, for digests.
  ///
  /// No white space, members sorted by the UTF-16 code units of their names, strings escaped
  /// minimally, numbers as ECMAScript writes the double they denote.
  ///
  /// One deliberate departure from RFC 8785: a number whose value differs from that of its double's
  /// shortest text, such as 9007199254740993, 1e400 or 0.10000000000000000001, is written with its
  /// own text. The RFC rounds, so that two states that differ could have one digest; here equal
  /// bytes always mean equal values.
  ///
  /// Source: RFC 8785 sections 3.2.1 to 3.2.4. Cost: linear, plus sorting the members.
  public func canonicalBytes() -> [UInt8] {
    var output: [UInt8] = []
    writeCanonical(into: &output)
    return output
  }

  private func writeCanonical(into output: inout [UInt8]) {
    switch self {
    case .number(let number):
      output.append(contentsOf: number.canonicalText.utf8)
    case .array(let elements):
      output.append(JSONByte.openArray)
      for (place, element) in elements.enumerated() {
        if place > 0 { output.append(JSONByte.comma) }
        element.writeCanonical(into: &output)
      }
      output.append(JSONByte.closeArray)
    case .object(let object):
      let members = object.sorted { JSONCanonicalOrder.precedes($0.name, $1.name) }
      output.append(JSONByte.openObject)
      for (place, member) in members.enumerated() {
        if place > 0 { output.append(JSONByte.comma) }
        JSONText.appendString(member.name, to: &output)
        output.append(JSONByte.colon)
        member.value.writeCanonical(into: &output)
      }
      output.append(JSONByte.closeObject)
    case .null, .bool, .string:
      write(into: &output)
    }
  }
}

extension JSONNumber {
  /// The number as ``JSON/canonicalBytes()`` writes it, with the departure described there.
  var canonicalText: String {
    if isShortInteger { return text }
    let double = double
    guard double.isFinite else { return text }
    let decimal = JSONDecimal(double)
    return decimal == JSONDecimal(text) ? decimal.ecmaScriptText : text
  }

  /// Whether the text is an integer of so few digits that it is canonical as it stands; the usual
  /// case, worth a short way.
  private var isShortInteger: Bool {
    let bytes = text.utf8
    return bytes.count <= 15 && text != "-0"
      && bytes.allSatisfy { JSONByte.isDigit($0) || $0 == JSONByte.minus }
  }
}

/// The order of names in a canonical object.
enum JSONCanonicalOrder {
  /// Whether a name's UTF-16 code units come before another's (RFC 8785 section 3.2.3).
  ///
  /// Compared without making UTF-16 of them: the order of the UTF-8 bytes differs from it only
  /// where a character beyond U+FFFF (lead byte F0 or more, in UTF-16 surrogates from D800) meets
  /// one from U+E000 to U+FFFF (lead byte EE or EF).
  static func precedes(_ left: String, _ right: String) -> Bool {
    var others = right.utf8.makeIterator()
    for byte in left.utf8 {
      guard let other = others.next() else { return false }
      if byte == other { continue }
      if byte >= 0xEE, other >= 0xEE, (byte >= 0xF0) != (other >= 0xF0) { return byte >= 0xF0 }
      return byte < other
    }
    return others.next() != nil
  }
}
