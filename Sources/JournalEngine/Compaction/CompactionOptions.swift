/// What a compaction does besides writing a snapshot.
public struct CompactionOptions: Sendable, Hashable {
  /// How many of the newest snapshots are kept; at least one, and two of a journal that was pruned.
  public var keep: Int
  /// Drops history: segments whose entries are all before this point. Nil drops nothing.
  public var pruneBefore: Point?

  public init(keep: Int = 2, pruneBefore: Point? = nil) {
    self.keep = max(1, keep)
    self.pruneBefore = pruneBefore
  }
}
