/// When a writer makes a snapshot by itself.
public struct SnapshotPolicy: Sendable, Hashable {
  /// After how many entries since the last one; nil for never.
  public var entries: Int64?

  /// After so many entries, and not before the journal has grown by twice the last snapshot's
  /// size: so all snapshots together are at most half as long as the journal.
  public static func every(_ entries: Int64) -> SnapshotPolicy {
    SnapshotPolicy(entries: max(1, entries))
  }

  /// Only when ``JournalWriter/compact(_:)`` is called.
  public static let never = SnapshotPolicy(entries: nil)

  /// - Parameters:
  ///   - entries: recorded since the last snapshot.
  ///   - bytes: of these entries.
  ///   - size: of the last snapshot, in bytes.
  func isDue(entries count: Int64, bytes: Int64, size: Int64) -> Bool {
    guard let entries else { return false }
    return count >= entries && bytes >= 2 * size
  }
}
