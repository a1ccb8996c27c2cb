import Testing

@testable import Command

@Suite("Tables")
struct TableTests {
  private func sessions() -> Table {
    var table = Table(columns: [
      Table.Column("SESSION"), Table.Column("FOUND", alignment: .right),
      Table.Column("NOTES", minimumWidth: 6, flexible: true),
    ])
    table.addRow(["s1", "7", "nothing of note was seen"])
    table.addRow([Cell("s22", tone: .green), "12", ""])
    table.addRow(["s3"])
    return table
  }
  private typealias Cell = Table.Cell

  @Test("Without a width, columns are padded and nothing is cut")
  func complete() {
    #expect(
      sessions().render(width: nil, style: .plain) == """
        SESSION  FOUND  NOTES
        s1           7  nothing of note was seen
        s22         12
        s3

        """)
  }

  @Test("With a width, a flexible column gives way")
  func fitted() {
    #expect(
      sessions().render(width: 30, style: .plain) == """
        SESSION  FOUND  NOTES
        s1           7  nothing of no…
        s22         12
        s3

        """)
  }

  @Test("Below the minimum of the flexible column the others give way too")
  func narrow() {
    #expect(
      sessions().render(width: 18, style: .plain) == """
        SES…  FOUND  NOTES
        s1        7  noth…
        s22      12
        s3

        """)
  }

  @Test("Where even that is not enough, columns are left out from the right")
  func narrowest() {
    #expect(
      sessions().render(width: 11, style: .plain) == """
        SES…  FOUND
        s1        7
        s22      12
        s3

        """)
  }

  @Test("A column of a higher priority stays when others are left out")
  func priority() {
    var table = Table(columns: [
      Table.Column("ALPHA"), Table.Column("BRAVO"), Table.Column("CHARLIE", priority: 1),
    ])
    table.addRow(["aaaaa", "bbbbb", "ccccccc"])
    #expect(table.render(width: 13, style: .plain) == "ALP…  CHARLIE\naaa…  ccccccc\n")
  }

  @Test("No line is ever wider than the terminal, or ends in a blank", arguments: 1...60)
  func bounds(width: Int) {
    var table = sessions()
    table.addRow(["日本語日本語", "👩‍👩‍👧👩‍👩‍👧", "e\u{301}\u{1B}[2J and 한국어 \u{202E}   "])
    let text = table.render(width: width, style: .plain)
    #expect(text.split(separator: "\n").count == 5)
    for line in text.split(separator: "\n") {
      #expect(String(line).displayWidth <= width, "\(line)")
      #expect(line.last != " ")
    }
  }

  @Test("Wide characters are padded by the columns they take")
  func wide() {
    var table = Table(columns: [Table.Column("A"), Table.Column("B")])
    table.addRow(["日本", "x"])
    table.addRow(["e\u{301}", "y"])
    #expect(table.render(width: nil, style: .plain) == "A     B\n日本  x\ne\u{301}     y\n")
  }

  @Test("Recorded text cannot drive the terminal or begin a line")
  func harmless() {
    var table = Table(columns: [Table.Column("A")])
    table.addRow(["x\n\u{1B}[31mred\u{7}"])
    let text = table.render(width: nil, style: .plain)
    #expect(text == "A\nx\\n\\u{1B}[31mred\\u{7}\n")
  }

  @Test("Tones surround the text, not the padding")
  func tones() {
    var table = Table(columns: [Table.Column("A"), Table.Column("B")])
    table.addRow([Cell("ok", tone: .green), "x"])
    table.addRow(["later", "y"])
    #expect(
      table.render(width: nil, style: .colored)
        == "\u{1B}[1mA\u{1B}[0m      \u{1B}[1mB\u{1B}[0m\n\u{1B}[32mok\u{1B}[0m     x\nlater  y\n")
  }

  @Test("A table without rows shows its headings")
  func empty() {
    let table = Table(columns: [Table.Column("A"), Table.Column("B", minimumWidth: 9)])
    #expect(table.render(width: nil, style: .plain) == "A  B\n")
  }
}
