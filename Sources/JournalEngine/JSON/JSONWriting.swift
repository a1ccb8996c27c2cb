extension JSON {
  /// The value as compact JSON: no white space, members in their order, numbers as written.
  ///
  /// Reading the text gives an equal value. Cost: linear in the value's size.
  public var text: String {
    var output: [UInt8] = []
    write(into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// The value as JSON for people, laid out as jq does.
  ///
  /// In: the number of spaces per level; with 0 or less the text is the compact one. Empty arrays
  /// and objects stay on their line. No line feed at the end. Cost: linear in the text's length.
  public func prettyText(indent: Int = 2) -> String {
    guard indent > 0 else { return text }
    var output: [UInt8] = []
    writePretty(into: &output, indent: indent, margin: 0)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the value as compact JSON, see ``text``.
  package func write(into output: inout [UInt8]) {
    switch self {
    case .array(let elements):
      output.append(JSONByte.openArray)
      for (place, element) in elements.enumerated() {
        if place > 0 { output.append(JSONByte.comma) }
        element.write(into: &output)
      }
      output.append(JSONByte.closeArray)
    case .object(let object):
      output.append(JSONByte.openObject)
      for (place, member) in object.enumerated() {
        if place > 0 { output.append(JSONByte.comma) }
        JSONText.appendString(member.name, to: &output)
        output.append(JSONByte.colon)
        member.value.write(into: &output)
      }
      output.append(JSONByte.closeObject)
    default:
      writeScalar(into: &output)
    }
  }

  /// Appends the value as ``prettyText(indent:)`` has it, where it begins behind so many blanks.
  package func writePretty(into output: inout [UInt8], indent: Int, margin: Int) {
    func breakLine(_ margin: Int) {
      output.append(JSONByte.newline)
      output.append(contentsOf: repeatElement(JSONByte.space, count: margin))
    }
    switch self {
    case .array(let elements) where !elements.isEmpty:
      output.append(JSONByte.openArray)
      for (place, element) in elements.enumerated() {
        if place > 0 { output.append(JSONByte.comma) }
        breakLine(margin + indent)
        element.writePretty(into: &output, indent: indent, margin: margin + indent)
      }
      breakLine(margin)
      output.append(JSONByte.closeArray)
    case .object(let object) where !object.isEmpty:
      output.append(JSONByte.openObject)
      for (place, member) in object.enumerated() {
        if place > 0 { output.append(JSONByte.comma) }
        breakLine(margin + indent)
        JSONText.appendString(member.name, to: &output)
        output.append(JSONByte.colon)
        output.append(JSONByte.space)
        member.value.writePretty(into: &output, indent: indent, margin: margin + indent)
      }
      breakLine(margin)
      output.append(JSONByte.closeObject)
    default:
      write(into: &output)
    }
  }

  private func writeScalar(into output: inout [UInt8]) {
    switch self {
    case .bool(true): output.append(contentsOf: "true".utf8)
    case .bool(false): output.append(contentsOf: "false".utf8)
    case .number(let number): output.append(contentsOf: number.text.utf8)
    case .string(let string): JSONText.appendString(string, to: &output)
    default: output.append(contentsOf: "null".utf8)
    }
  }
}

extension JSON: CustomStringConvertible {
  /// The value as compact JSON.
  public var description: String { text }
}
