/// The members of one well-formed line: numbers as values, texts as places in its bytes.
package struct ScannedLine: Sendable, Equatable {
  package var seq: Int64 = 0
  package var time = Timestamp(microseconds: 0)
  package var durable: Int64 = -1
  package var nonce: UInt64 = 0
  package var prev = Digest.zero

  /// Places of JSON strings, quotes included; `data` with its braces.
  package var type = TextRange()
  @OptionalPlace package var subject: TextRange?
  @OptionalPlace package var by: TextRange?
  @OptionalPlace package var id: TextRange?
  @OptionalPlace package var data: TextRange?

  package var more = false
  /// Which of the engine's own types the line has; nil for an application's.
  package var engineType: EngineType?
  // Up to a whole number of 16 bytes, in which a value is copied. The rest of another size is copied
  // by a load that overlaps two stores, and waits until both are done.
  private let filling: UInt16 = 0
  private let moreFilling: UInt32 = 0

  /// Whether the line is a seal, which closes its segment.
  package var isSeal: Bool { engineType == .sealed }

  package init() {}
}
