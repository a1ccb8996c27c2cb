/// Breaks text into lines between its words.
enum TextWrapping {
  /// Words on lines of at most a width; a word that is wider has a line to itself. Lines after
  /// the first are indented.
  static func fill(_ words: [String], width: Int, hanging: Int) -> [String] {
    let margin = String(repeating: " ", count: hanging)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in words {
      let needed = word.displayWidth
      if line.isEmpty {
        line = word
        used = needed
      } else if used + 1 + needed <= width {
        line += " " + word
        used += 1 + needed
      } else {
        lines.append(line)
        line = margin + word
        used = hanging + needed
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Lines that follow each other make a paragraph, an empty line ends it, and a line that
  /// begins with a blank stays as it is.
  static func paragraphs(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var words: [String] = []
    func flush() {
      lines += fill(words, width: width, hanging: 0)
      words = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        flush()
        lines.append("")
      } else if line.first == " " {
        flush()
        lines.append(String(line))
      } else {
        words += line.split(separator: " ").map(String.init)
      }
    }
    flush()
    return lines
  }
}
