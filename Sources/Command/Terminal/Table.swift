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

  /// What is kept of a cell.
  private struct ShownCell: Sendable {
    /// Where its text ends, which begins where that of the cell before it does.
    let end: Int
    let width: Int
    let tone: Style.Tone?
  }

  package let columns: [Column]
  /// The texts of all cells as they are shown, one behind the other: of very many rows that is little
  /// memory, and none that the makers of the cells have had.
  private var text: [UInt8] = []
  /// Row by row, one for each column; the titles first.
  private var cells: [ShownCell] = []

  package init(columns: [Column]) {
    self.columns = columns
    addRow(columns.map { Cell($0.title, tone: .bold) })
  }

  /// Adds a row. Cells that are missing at its end are empty, and more than columns are dropped.
  package mutating func addRow(_ cells: [Cell]) {
    for index in columns.indices {
      let cell = cells.indices.contains(index) ? cells[index] : ""
      var shown = cell.text.escapedForTerminal
      while shown.utf8.last == UInt8(ascii: " ") { shown.unicodeScalars.removeLast() }
      text += shown.utf8
      self.cells.append(
        ShownCell(end: text.count, width: shown.displayWidth, tone: cell.tone))
    }
  }

  /// The headings and the rows, each line with its end.
  ///
  /// With a width (a terminal's), no line exceeds it: cells are shortened, and where that is
  /// not enough, columns are left out. Without, cells are padded but always complete.
  package func render(width: Int?, style: Style) -> String {
    var widths = columns.map(\.minimumWidth)
    for row in rows {
      for index in columns.indices {
        widths[index] = max(widths[index], cells[row + index].width)
      }
    }
    if let width { widths = TableFit.widths(widths, columns: columns, total: width) }
    var text = ""
    for row in rows { appendLine(row, widths: widths, style: style, to: &text) }
    return text
  }

  /// The blanks between two columns.
  static let gap = 2

  /// Where the cells of each row begin.
  private var rows: StrideTo<Int> {
    stride(from: 0, to: cells.count, by: max(1, columns.count))
  }

  private func shownText(_ cell: Int) -> String {
    let start = cell > 0 ? cells[cell - 1].end : 0
    return String(decoding: text[start..<cells[cell].end], as: UTF8.self)
  }

  /// Blanks are written only before a text that follows them, so that no line ends in them.
  private func appendLine(
    _ row: Int, widths: [Int], style: Style, to line: inout String
  ) {
    var blanks = 0
    var isFirst = true
    for (index, column) in columns.enumerated() where widths[index] > 0 {
      if !isFirst { blanks += Self.gap }
      isFirst = false
      let cell = cells[row + index]
      var (shown, width) = (shownText(row + index), cell.width)
      if width > widths[index] {
        shown = shown.shortened(toWidth: widths[index])
        width = shown.displayWidth
      }
      let padding = widths[index] - width
      if column.alignment == .right { blanks += padding }
      if !shown.isEmpty {
        line += String(repeating: " ", count: blanks)
        line += style.apply(cell.tone, to: shown)
        blanks = 0
      }
      if column.alignment == .left { blanks += padding }
    }
    line += "\n"
  }
}
