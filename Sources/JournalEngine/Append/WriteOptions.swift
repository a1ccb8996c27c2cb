/// How a journal is opened for writing.
public struct WriteOptions: Sendable {
  /// When appends are made durable.
  public var durability: Durability
  /// How often a lost race is tried again before the call gives up.
  public var attempts: Int
  /// States that nobody else writes, which allows file systems whose appends are not known to be
  /// atomic between processes.
  public var singleWriter: Bool
  /// The size in bytes at which a segment is closed, and the journal goes on in the next.
  public var segmentLimit: Int64
  /// When snapshots are made; the default suits journals of any size.
  public var snapshots: SnapshotPolicy
  /// When compactions write and merge tables.
  package var tableTiers = TableTiers()

  public init(
    durability: Durability = .everyAppend, attempts: Int = 100, singleWriter: Bool = false,
    segmentLimit: Int64 = 64 << 20, snapshots: SnapshotPolicy = .every(2000)
  ) {
    self.durability = durability
    self.attempts = max(1, attempts)
    self.singleWriter = singleWriter
    self.segmentLimit = max(1, segmentLimit)
    self.snapshots = snapshots
  }
}

extension WriteOptions {
  /// Refuses a file system whose appends are not known to be atomic, unless there is one writer.
  func checkAppends(in folder: any JournalFolder) throws(JournalError) {
    let (known, fileSystem) = try folder.appendsAtomically()
    guard known || singleWriter else {
      throw JournalError(
        .unsafeFileSystem,
        "appends of several processes are not known to be atomic here (\(fileSystem))",
        hint:
          "keep journals on a local disk, or state with --single-writer that nobody else writes",
        file: folder.path)
    }
  }
}
