/// What stands in a journal's folder, by name.
package struct JournalListing: Sendable {
  /// The segments, by the `seq` of their first lines, in order.
  package var segments: [Int64] = []
  /// The snapshots of all projectors, the newest first.
  package var snapshots: [SnapshotName] = []
  /// The tables of all projectors, in no order.
  package var tables: [TableName] = []
  /// What somebody writes just now, or died over.
  package var temporaries: [String] = []

  package init(_ folder: any JournalFolder) throws(JournalError) {
    for name in try folder.names() {
      if let segment = SegmentName.firstSeq(of: name) {
        segments.append(segment)
      } else if let snapshot = SnapshotName(file: name) {
        snapshots.append(snapshot)
      } else if let table = TableName(file: name) {
        tables.append(table)
      } else if WholeFile.isTemporary(name) {
        temporaries.append(name)
      }
    }
    segments.sort()
    snapshots.sort { $0.seq > $1.seq }
  }
}
