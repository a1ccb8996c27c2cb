/// Where a walk begins: behind the entry that a snapshot covers, or at the first line.
package struct WalkStart {
  /// What stood in the folder before anything was read.
  let listing: JournalListing
  /// The repairs from here on; nil where they were not looked for, and it is a repair or damage that
  /// calls for it: then the walk throws `repaired`, and the journal is to be read anew.
  let repairs: Repairs?
  /// The entry that is known, its time, and where it stands.
  let head: Head
  let time: Timestamp
  let place: LinePlace?
  /// The file that the entry was found in: by the time that the walk begins, another may stand in its
  /// place. Nil where the segment was dropped, so that nothing of it is there to read.
  var file: (any SegmentFile)?
  /// Whether that entry closes its segment.
  let isSealed: Bool
  /// The entries before it that repairs gave up.
  var givenUp = GivenUp()
  /// Snapshots that were not used, and vouch for an entry all the same.
  var witnesses: [Witness] = []
}

/// The entry that a snapshot with a digest that holds says to have covered.
struct Witness: Sendable {
  let head: Head
  /// The snapshot.
  let file: String
  /// The last entry that is beyond doubt if the journal holds another one there.
  var lastBeyondDoubt: Int64 = 0
}
