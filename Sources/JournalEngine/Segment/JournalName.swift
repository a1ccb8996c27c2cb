/// The name of a journal: 1 to 128 of `A-Z a-z 0-9 . _ -`, not beginning with `.` or `-`.
public struct JournalName: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let text: String

  /// Checks a name before any file is touched.
  ///
  /// - Throws: ``JournalError`` with code `invalidName`, which says what is wrong with it.
  public init(_ text: String) throws(JournalError) {
    if let fault = Self.fault(in: text) {
      throw JournalError(
        .invalidName, "“\(Self.shown(text))” is not a journal name: \(fault)",
        hint: "use 1 to 128 of A-Z a-z 0-9 . _ - and begin with a letter, a digit or _")
    }
    self.text = text
  }

  /// The longest name, in bytes.
  public static let longest = 128

  private static func fault(in text: String) -> String? {
    if text.isEmpty { return "it is empty" }
    if text.utf8.count > longest { return "it has \(text.utf8.count) bytes" }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z", "a"..."z", "0"..."9", ".", "_", "-": continue
      case "\0": return "it holds a NUL"
      case "/": return "it holds a slash"
      default: return "it holds U+" + String(scalar.value, radix: 16, uppercase: true)
      }
    }
    if text.hasPrefix(".") { return "it begins with a dot" }
    if text.hasPrefix("-") { return "it begins with a hyphen" }
    return nil
  }

  /// A name as it may stand in a message: short, and nothing in it that drives a terminal.
  private static func shown(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(40) {
      shown +=
        scalar.value < 32 || scalar.value >= 127
        ? "\\u{\(String(scalar.value, radix: 16))}"
        : String(scalar)
    }
    return text.unicodeScalars.count > 40 ? shown + "…" : shown
  }

  public var description: String { text }

  public static func < (a: JournalName, b: JournalName) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}
