extension String {
  /// The text with everything escaped that could drive a terminal or reorder a line: control
  /// characters, line separators and marks of writing direction.
  ///
  /// It is for reading, not for reading back: a backslash stays single. Programs have `--json`.
  package var escapedForTerminal: String {
    // Most text is printable ASCII, and is left as it is without a copy.
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return self }
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if let escape = TerminalText.escape(scalar) {
        result += escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Cut to a number of columns, with an ellipsis in place of what is missing.
  package func shortened(toWidth width: Int) -> String {
    guard displayWidth > width else { return self }
    guard width > 0 else { return "" }
    var result = ""
    var used = 0
    for character in self {
      let needed = DisplayWidth.of(character)
      if used + needed > width - 1 { break }
      result.append(character)
      used += needed
    }
    // No blank before the mark: it would look like a word that is missing.
    while result.utf8.last == UInt8(ascii: " ") { result.removeLast() }
    return result + "…"
  }
}

enum TerminalText {
  /// How a scalar is shown that must not reach a terminal; nil for all others.
  static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: return "\\t"
    case 0x0A: return "\\n"
    case 0x0D: return "\\r"
    case 0x00...0x1F, 0x7F...0x9F,  // controls of both sets
      0x061C, 0x200E, 0x200F,  // marks of direction
      0x2028, 0x2029,  // separators of lines and paragraphs
      0x202A...0x202E, 0x2066...0x2069,  // embeddings, overrides and isolates
      0xFEFF, 0xFFF9...0xFFFB:  // the byte order mark, and annotations
      return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: return nil
    }
  }
}
