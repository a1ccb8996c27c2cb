/// What a writer knows of its journal, for another handle that goes on from there without reading it
/// again.
struct KnownState<P: Projection>: Sendable {
  let entry: KnownEntry
  let state: P
  let keys: IdempotencyKeys
  /// What the state leaves to tables.
  let settled: SettledRecords?
  /// The newest snapshot's size.
  let snapshotBytes: Int64
  /// Segments that entries say are dropped, and which may still be there.
  let pruned: [PrunedSegment]
}

extension JournalWriter {
  /// What is known here; nil before the first entry.
  var known: KnownState<P>? {
    guard let walk, let place = walk.headPlace else { return nil }
    return KnownState(
      entry: KnownEntry(
        head: walk.chain.head, time: walk.chain.time, place: place, givenUp: walk.givenUp),
      state: fold.state, keys: fold.keys, settled: settled, snapshotBytes: lastSnapshot.bytes,
      pruned: walk.pruned)
  }
}

extension JournalOpening {
  /// Begins behind what another handle knows; nil where its newest entry does not stand there any more.
  func start(behind known: KnownState<P>) throws(JournalError) -> Start? {
    let search = try SnapshotSearch(folder, journal: name, listing: JournalListing(folder))
    guard case .stands(let line, let repairs) = try search.look(for: known.entry)
    else { return nil }
    let walk = search.walk(behind: known.entry, line, repairs, clock)
    walk.pruned = known.pruned
    return Start(
      walk: walk, bytes: known.snapshotBytes, head: known.entry.head, time: known.entry.time,
      state: known.state, keys: known.keys, settled: known.settled)
  }
}
