/// Coloured and weighted text, or the same text untouched where colour is off.
package struct Style: Sendable, Equatable {
  /// A way to show text, by its code in the escape sequence.
  package enum Tone: String, Sendable, CaseIterable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  package let enabled: Bool

  package init(enabled: Bool) {
    self.enabled = enabled
  }

  package static let plain = Style(enabled: false)
  package static let colored = Style(enabled: true)

  package func bold(_ text: String) -> String { apply(.bold, to: text) }
  package func dim(_ text: String) -> String { apply(.dim, to: text) }
  package func red(_ text: String) -> String { apply(.red, to: text) }
  package func green(_ text: String) -> String { apply(.green, to: text) }
  package func yellow(_ text: String) -> String { apply(.yellow, to: text) }
  package func cyan(_ text: String) -> String { apply(.cyan, to: text) }

  /// The text in a tone. The text itself is not examined: escape what was recorded first.
  package func apply(_ tone: Tone?, to text: String) -> String {
    guard enabled, let tone, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }
}
