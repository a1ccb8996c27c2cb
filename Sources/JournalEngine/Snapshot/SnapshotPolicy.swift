/// When a writer makes a snapshot by itself.
public struct SnapshotPolicy: Sendable, Hashable {
  /// After how many entries since the last one; nil for never.
  public var entries: Int64?

  /// After so many entries, and not before the journal has grown by twice the last snapshot's
  /// size, or by ten times where tables are written besides: so all that is written by compaction
  /// is at most about half as long as the journal. A writer that is in a hurry puts snapshots off,
  /// until it is closed at the latest: so they take a tenth of its time at most.
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
    return count >= entries && bytes >= (isWhole ? 2 : 10) * size
  }
}
