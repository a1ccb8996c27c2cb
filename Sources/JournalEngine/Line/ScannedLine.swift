/// The members of one well-formed line: numbers as values, texts as places in its bytes.
package struct ScannedLine: Sendable, Equatable {
  package var seq: Int64 = 0
  package var time = Timestamp(microseconds: 0)
  package var durable: Int64 = -1
  package var nonce: UInt64 = 0
  package var prev = Digest.zero
  package var more = false
  /// Which of the engine's own types the line has; nil for an application's.
  package var engineType: EngineType?

  /// Whether the line is a seal, which closes its segment.
  package var isSeal: Bool { engineType == .sealed }

  /// Places of JSON strings, quotes included; `data` with its braces.
  package var type = TextRange()
  package var subject: TextRange?
  package var by: TextRange?
  package var id: TextRange?
  package var data: TextRange?

  package init() {}
}

/// A place in a line, in bytes from its start. A line is at most 1 MiB, so 32 bits hold it.
package struct TextRange: Sendable, Equatable {
  var lower: Int32 = 0
  var upper: Int32 = 0

  init() {}

  init(_ lower: Int, _ upper: Int) {
    self.lower = Int32(truncatingIfNeeded: lower)
    self.upper = Int32(truncatingIfNeeded: upper)
  }

  package var range: Range<Int> { Int(lower)..<Int(upper) }
}
