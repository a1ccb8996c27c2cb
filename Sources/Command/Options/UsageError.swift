/// A command line that cannot be followed: exit status 2.
package struct UsageError: Error, Sendable, Equatable {
  /// What is wrong, in one line.
  package var message: String
  /// What would be right.
  package var hint: String?
  /// The usage line of the verb, where one is known.
  package var usage: String?

  package init(message: String, hint: String? = nil, usage: String? = nil) {
    self.message = message
    self.hint = hint
    self.usage = usage
  }
}

extension UsageError: CustomStringConvertible {
  /// The message, then the usage and the hint on lines of their own.
  package var description: String {
    var lines = [message]
    if let usage { lines.append("usage: \(usage)") }
    if let hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}

extension UsageError {
  /// "a", "a or b", "a, b or c".
  static func alternatives(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  /// "Did you mean '--json'?", or nil without a name to suggest.
  static func suggestion(_ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    return "Did you mean \(alternatives(names.map { "'\($0)'" }))?"
  }

  /// A word of the user in quotes, harmless to a terminal.
  static func quoted(_ word: String) -> String { "'\(word.escapedForTerminal)'" }
}
