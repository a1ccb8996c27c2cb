/// The types of lines that the engine itself writes.
package enum EngineType: String, Sendable, CaseIterable {
  /// The first entry of a journal.
  case opened = "journal.opened"
  /// The last entry of a segment.
  case sealed = "journal.sealed"
  /// Notes the debris that was left behind.
  case recovered = "journal.recovered"
  /// Notes the segments that are dropped.
  case pruned = "journal.pruned"
  /// Gives up what is in doubt; acts as a seal.
  case repaired = "journal.repaired"

  /// The type that a JSON string in a line names; nil for any other.
  init?(_ line: UnsafeRawBufferPointer, string: Range<Int>) {
    let first = unsafe line[string.lowerBound + 1]
    // All of them begin so, or with an escape: most lines are an application's.
    guard first == UInt8(ascii: "j") || first == UInt8(ascii: "\\") else { return nil }
    for type in Self.allCases
    where unsafe JSONGrammar.equals(line, string: string, text: type.rawValue) {
      self = type
      return
    }
    return nil
  }
}
