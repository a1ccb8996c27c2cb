/// Rows under headings, for people to read.
package struct Table: Sendable {
  package enum Alignment: Sendable {
    case left, right
  }

  /// How one column is shown.
  package struct Column: Sendable {
    package var title: String
    package var alignment: Alignment
    /// Never narrower than this, as long as the terminal has room.
    package var minimumWidth: Int
    /// Shortened first where a row does not fit.
    package var flexible: Bool
    /// Among columns that could give way, the lowest does so first.
    package var priority: Int

    package init(
      _ title: String, alignment: Alignment = .left, minimumWidth: Int = 0,
      flexible: Bool = false, priority: Int = 0
    ) {
      self.title = title
      self.alignment = alignment
      self.minimumWidth = minimumWidth
      self.flexible = flexible
      self.priority = priority
    }
  }

  /// A text and its tone. The text is escaped when it is shown.
  package struct Cell: Sendable, Equatable, ExpressibleByStringLiteral {
    package var text: String
    package var tone: Style.Tone?

    package init(_ text: String, tone: Style.Tone? = nil) {
      self.text = text
      self.tone = tone
    }

    package init(stringLiteral value: String) {
      self.init(value)
    }
  }

  package let columns: [Column]
  package private(set) var rows: [[Cell]] = []

  package init(columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row. Cells that are missing at its end are empty, and more than columns are dropped.
  package mutating func addRow(_ cells: [Cell]) {
    rows.append(cells)
  }

  /// The headings and the rows, each line with its end.
  ///
  /// With a width (a terminal's), no line exceeds it: cells are shortened, and where that is
  /// not enough, columns are left out. Without, cells are padded but always complete.
  package func render(width: Int?, style: Style) -> String {
    let titles = columns.map { Cell($0.title, tone: .bold) }
    let shown = ([titles] + rows).map(shownRow)
    var widths = columns.map(\.minimumWidth)
    for row in shown {
      for index in columns.indices { widths[index] = max(widths[index], row[index].width) }
    }
    if let width { widths = TableFit.widths(widths, columns: columns, total: width) }
    var text = ""
    for row in shown { appendLine(row, widths: widths, style: style, to: &text) }
    return text
  }

  /// The blanks between two columns.
  static let gap = 2

  private struct ShownCell {
    var text: String
    var width: Int
    var tone: Style.Tone?
  }

  private func shownRow(_ cells: [Cell]) -> [ShownCell] {
    columns.indices.map { index in
      guard cells.indices.contains(index) else { return ShownCell(text: "", width: 0) }
      var text = cells[index].text.escapedForTerminal
      while text.utf8.last == UInt8(ascii: " ") { text.unicodeScalars.removeLast() }
      return ShownCell(text: text, width: text.displayWidth, tone: cells[index].tone)
    }
  }

  /// Blanks are written only before a text that follows them, so that no line ends in them.
  private func appendLine(
    _ row: [ShownCell], widths: [Int], style: Style, to text: inout String
  ) {
    var blanks = 0
    var isFirst = true
    for (index, column) in columns.enumerated() where widths[index] > 0 {
      if !isFirst { blanks += Self.gap }
      isFirst = false
      var cell = row[index]
      if cell.width > widths[index] {
        cell.text = cell.text.shortened(toWidth: widths[index])
        cell.width = cell.text.displayWidth
      }
      let padding = widths[index] - cell.width
      if column.alignment == .right { blanks += padding }
      if !cell.text.isEmpty {
        text += String(repeating: " ", count: blanks)
        text += style.apply(cell.tone, to: cell.text)
        blanks = 0
      }
      if column.alignment == .left { blanks += padding }
    }
    text += "\n"
  }
}
