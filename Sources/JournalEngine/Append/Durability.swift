/// When an append is made durable, and what its acknowledgement is worth.
public enum Durability: Sendable, Hashable {
  /// Before it is acknowledged. Appends that wait at the same time share one sync. The default.
  case everyAppend
  /// At the latest this long after it was acknowledged, while the handle is open: a power failure
  /// can take what was acknowledged since. A crash of the process alone takes nothing. A
  /// ``JournalWriter``, which has no thread of its own, syncs when it is next called or closed;
  /// ``Journal`` does by itself.
  case interval(Duration)
  /// When the kernel likes. A power failure can take what the last minute or so acknowledged.
  case none
}
