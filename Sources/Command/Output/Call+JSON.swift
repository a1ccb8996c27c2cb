package import JournalEngine

extension Call {
  /// Prints one document.
  package func print(_ json: JSON) throws {
    try output.write(json.prettyText() + "\n")
  }

  /// Prints a list: one document, or with `--ndjson` one a line.
  package func print(list: [JSON]) throws {
    if ndjson {
      for json in list { try output.write(json.text + "\n") }
    } else {
      try print(.array(list))
    }
  }
}
