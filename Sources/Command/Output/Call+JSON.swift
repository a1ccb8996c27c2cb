package import JournalEngine

extension Call {
  /// Prints one document.
  package func print(_ json: JSON) throws {
    try output.write(json.prettyText() + "\n")
  }

  /// A list that is printed element by element.
  ///
  /// - Parameter mayFail: whether an error may come between the elements.
  package func list(mayFail: Bool = false) -> JSONList {
    JSONList(ndjson ? .lines : .document, to: output, mayFail: mayFail)
  }

  /// Prints a list: one document, or with `--ndjson` one a line.
  package func print(list elements: [JSON]) throws {
    var list = list()
    for element in elements { try list.add(element) }
    try list.finish()
  }
}
