/// What an append asks for and is answered, whatever the state that it is decided on.
///
/// Code that knows no projection need not look its types up each time.
package class AnyAppendRequest {
  let by: String?
  let id: String?
  /// When the events that were decided last happened, for each of them; nil where that is as they
  /// are recorded. What the journal holds is never older than the entry before it.
  let times: (() -> [Timestamp])?
  /// When a journal that this begins was opened; nil where that is as it is recorded.
  let openedAt: Timestamp?

  /// The answer; nil until there is one.
  package internal(set) final var outcome: Result<Receipt, any Error>?

  init(by: String?, id: String?, times: (() -> [Timestamp])?, openedAt: Timestamp?) {
    self.by = by
    self.id = id
    self.times = times
    self.openedAt = openedAt
  }
}
