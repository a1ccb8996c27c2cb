/// What a walk along a journal hands out.
package protocol LineVisitor {
  /// An accepted line, in the order of the chain. The bytes are valid during the call only.
  /// Returns false to pause the walk after this line, or after the last one of its group.
  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool

  /// A line that does not count. A group's lines come when it is known that they do not.
  mutating func void(_ line: VoidLine, at place: LinePlace)

  /// A segment that was dropped: the walk goes on behind it. Throws where its entries are needed.
  mutating func dropped(_ tombstone: Tombstone) throws(JournalError)
}

extension LineVisitor {
  package mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {}

  package mutating func void(_ line: VoidLine, at place: LinePlace) {}
}

/// A line that counts, as the walk sees it.
@unsafe
package struct AcceptedLine {
  /// The line without its newline, where the walk read it.
  package let bytes: UnsafeRawBufferPointer
  package let fields: ScannedLine
  package let hash: Digest
  package let place: LinePlace
  /// The `seq` of the first line of its atomic group.
  package let groupStart: Int64

  /// The line as a value that outlives the call.
  package var entry: Entry { unsafe Entry(bytes, fields: fields, hash: hash, place: place) }
}

/// Sees lines go by, for what the walk itself learns of them.
struct NoVisitor: LineVisitor {
  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool { true }
}
