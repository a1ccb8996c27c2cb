/// When a writer makes a snapshot by itself.
public struct SnapshotPolicy: Sendable, Hashable {
  /// After how many entries since the last one; nil for never.
  public var entries: Int64?

  /// After so many entries, and not before the journal has grown by twice the last snapshot's
  /// size, or by ten times where tables are written besides: so all that is written by compaction
  /// is at most about half as long as the journal. A writer in a hurry, whose snapshots would take
  /// more than a tenth of its time, puts them off to four times as many entries, or to its close. Where
  /// there is another thread for it, more than a thirtieth is enough, and it then goes on meanwhile: a
  /// second handle makes them there.
  public static func every(_ entries: Int64) -> SnapshotPolicy {
    SnapshotPolicy(entries: max(1, entries))
  }

  /// Only when ``JournalWriter/compact(_:)`` is called.
  public static let never = SnapshotPolicy(entries: nil)

  /// - Parameters:
  ///   - entries: recorded since the last snapshot.
  ///   - bytes: of these entries.
  ///   - size: of the last snapshot, in bytes.
  ///   - isWhole: whether it leaves nothing to tables.
  func isDue(entries count: Int64, bytes: Int64, size: Int64, isWhole: Bool) -> Bool {
    guard let entries else { return false }
    // By division: a file's size is whatever somebody gave it.
    return count >= entries && bytes / (isWhole ? 2 : 10) >= size
  }

  /// Whether one that is due must not be put off any longer.
  ///
  /// - Parameter count: as above.
  func isOverdue(entries count: Int64) -> Bool {
    entries.map { count / 4 >= $0 } ?? false
  }

  /// Whether a writer had better wait for the one that is being made.
  func isFarOverdue(entries count: Int64) -> Bool {
    entries.map { count / 16 >= $0 } ?? false
  }
}
