import Testing

@testable import Command

@Suite("Text on a terminal")
struct TerminalTextTests {
  @Test(
    "Characters take the columns that terminals give them",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("日本", 4), ("한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("ﾊ", 1), ("Ａ", 2), ("😀", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2),
      ("❤", 1), ("❤\u{FE0F}", 2), ("👍🏽", 2), ("…", 1), ("█", 1), ("א", 1), ("ก็", 1),
      ("𠀀", 2), ("～", 2), ("~", 1), ("\u{200B}", 0), ("1️⃣", 2),
    ])
  func width(text: String, expected: Int) {
    #expect(text.displayWidth == expected)
  }

  @Test(
    "What could drive a terminal is escaped",
    arguments: [
      ("a\nb", "a\\nb"), ("\t", "\\t"), ("\r", "\\r"), ("a\r\nb", "a\\r\\nb"),
      ("\u{1B}[2J", "\\u{1B}[2J"), ("\u{0}", "\\u{0}"), ("\u{7F}", "\\u{7F}"),
      ("\u{9B}31m", "\\u{9B}31m"), ("\u{202E}evil", "\\u{202E}evil"),
      ("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}"), ("\u{2028}", "\\u{2028}"),
      ("\u{FEFF}x", "\\u{FEFF}x"), ("e\u{301}\u{1B}", "e\u{301}\\u{1B}"),
    ])
  func escapes(text: String, expected: String) {
    #expect(text.escapedForTerminal == expected)
  }

  @Test("All other text is left as it is", arguments: ["plain \\n", "日本 é", "👩‍👩‍👧", "שלום"])
  func untouched(text: String) {
    #expect(Array(text.escapedForTerminal.utf8) == Array(text.utf8))
  }

  @Test("No control character is ever left")
  func allControls() {
    for value in (0...0x9F as ClosedRange<UInt32>) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = String(Character(scalar)).escapedForTerminal
      #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
  }

  @Test("A text is shortened by columns, with an ellipsis")
  func shortened() {
    #expect("abcdef".shortened(toWidth: 6) == "abcdef")
    #expect("abcdef".shortened(toWidth: 5) == "abcd…")
    #expect("abcdef".shortened(toWidth: 1) == "…")
    #expect("abcdef".shortened(toWidth: 0) == "")
    #expect("日本語".shortened(toWidth: 5) == "日本…")
    #expect("日本語".shortened(toWidth: 4) == "日…")
    #expect("ab cd".shortened(toWidth: 4) == "ab…")
    #expect("e\u{301}e\u{301}e\u{301}".shortened(toWidth: 2) == "e\u{301}…")
    #expect("👩‍👩‍👧👩‍👩‍👧".shortened(toWidth: 3) == "👩‍👩‍👧…")
  }

  @Test("A tone is switched on and off around its text")
  func tones() {
    #expect(Style.colored.red("x") == "\u{1B}[31mx\u{1B}[0m")
    #expect(Style.colored.apply(nil, to: "x") == "x")
    #expect(Style.colored.bold("") == "")
    for tone in Style.Tone.allCases { #expect(Style.plain.apply(tone, to: "x") == "x") }
  }
}
