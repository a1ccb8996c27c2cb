import JournalEngine

/// What the program says of itself.
enum Version {
  static let program = "0.1.0"
  static let text = "daybook \(program) (journal format \(LineFormat.version))"
}
