/// What a compaction did.
public struct Compaction: Sendable {
  /// The entry that the newest snapshot covers.
  public internal(set) var head = Head.none
  /// The snapshot that was written; nil where there was one of that entry, or the projection has
  /// none.
  public internal(set) var snapshot: File?
  /// Snapshots that were removed, since newer ones are there.
  public internal(set) var removed: [String] = []
  /// Files of compactions that died, removed.
  public internal(set) var cleared: [String] = []
  /// Segments that were dropped, oldest first.
  public internal(set) var pruned: [Segment] = []
  /// Whether the segment that was written to was closed, so that it can be dropped later.
  public internal(set) var isSealed = false

  /// A file that was written.
  public struct File: Sendable, Hashable {
    public let path: String
    public let bytes: Int64
  }

  /// A segment that was dropped.
  public struct Segment: Sendable, Hashable {
    public let path: String
    /// Its entries.
    public let seqs: ClosedRange<Int64>
    public let bytes: Int64
  }
}
