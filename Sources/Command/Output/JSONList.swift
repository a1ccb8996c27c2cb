package import JournalEngine

/// Prints a list: as one document, or with `--ndjson` one element a line as they come.
package struct JSONList {
  package enum Form: Sendable {
    case document, lines

    /// An element as it stands in the list.
    package func text(_ json: JSON) -> [UInt8] {
      var text: [UInt8] = []
      switch self {
      case .document: json.writePretty(into: &text, indent: 2, margin: 2)
      case .lines: json.write(into: &text)
      }
      return text
    }
  }

  package let form: Form
  private let output: StandardOutput
  /// What is held back until the end; nil where a document is printed as it comes too.
  private var held: [UInt8]?
  private var isEmpty = true

  /// - Parameter mayFail: whether an error may come between the elements, and then nothing of a document
  ///   is to be printed.
  init(_ form: Form, to output: StandardOutput, mayFail: Bool) {
    self.form = form
    self.output = output
    held = mayFail && form == .document ? [] : nil
  }

  package mutating func add(_ json: JSON) throws { try add(text: form.text(json)) }

  /// - Parameter text: of the form's.
  package mutating func add(text: [UInt8]) throws {
    switch form {
    case .document:
      try write(isEmpty ? "[\n  " : ",\n  ")
      try write(text)
    case .lines:
      try output.write(text)
      try output.write("\n")
    }
    isEmpty = false
  }

  /// Ends the document.
  package mutating func finish() throws {
    guard form == .document else { return }
    try write(isEmpty ? "[]\n" : "\n]\n")
    if let held { try output.write(held) }
  }

  private mutating func write(_ text: String) throws { try write(Array(text.utf8)) }

  private mutating func write(_ text: [UInt8]) throws {
    if held == nil { try output.write(text) } else { held?.append(contentsOf: text) }
  }
}
