import JournalEngine

/// What somebody was told, and the line that it rests on: it must be there from then on, whatever
/// happens to the power.
struct Promise {
  /// How many changes the disk had seen.
  var after: Int
  let line: Head
  let what: String
}
