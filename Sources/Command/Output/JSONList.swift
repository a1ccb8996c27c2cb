package import JournalEngine

/// Prints a list as its elements come: as one document, or with `--ndjson` one a line.
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
  private var isEmpty = true

  init(_ form: Form, to output: StandardOutput) {
    self.form = form
    self.output = output
  }

  package mutating func add(_ json: JSON) throws { try add(text: form.text(json)) }

  /// - Parameter text: of the form's.
  package mutating func add(text: [UInt8]) throws {
    if form == .document { try output.write(isEmpty ? "[\n  " : ",\n  ") }
    isEmpty = false
    try output.write(text)
    if form == .lines { try output.write("\n") }
  }

  /// Ends the document.
  package mutating func finish() throws {
    if form == .document { try output.write(isEmpty ? "[]\n" : "\n]\n") }
  }
}
