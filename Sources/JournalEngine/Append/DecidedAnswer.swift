/// An answer that was decided, and not given yet.
struct DecidedAnswer {
  let request: AnyAppendRequest
  let outcome: Result<Receipt, any Error>
  /// The last of the lines that it rests on; nil where it has none of its own.
  let last: Digest?
}
