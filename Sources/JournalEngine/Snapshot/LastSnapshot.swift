/// The newest snapshot that a writer knows.
struct LastSnapshot {
  var seq: Int64 = 0
  /// The file's size.
  var bytes: Int64 = 0
  /// Whether it leaves nothing to tables.
  var isWhole = true
  /// What ``JournalWalk/passed`` was there.
  var passed: Int64 = 0
}
