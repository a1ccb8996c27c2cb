extension JournalWriter {
  /// Drops the segments whose entries are all before a point, the oldest first.
  func prune(before limit: Point, _ done: inout Compaction) throws(JournalError) {
    guard let folder = walk?.folder else { return }
    for _ in 0..<4 {
      var survey = try survey(limit, folder)
      if survey.isSealWorthwhile, walk?.chain.isSealed == false {
        // What is old goes with the next pruning, or with this one if nothing else stands there.
        try record(.sealed)
        done.isSealed = true
        survey = try self.survey(limit, folder)
      }
      guard let last = survey.droppable.last else { return try finishPruning(&done) }
      // Another compaction may remove what was just written, for snapshots of its own.
      guard try keepTwoSnapshots(survey, from: last.head.seq, folder) else { continue }
      try recordDropped(survey, folder)
      return try finishPruning(&done)
    }
    throw JournalError(
      .gaveUp, "other compactions removed the snapshots that were to stand for what is dropped",
      hint: "nothing was dropped; try again", file: fold.path)
  }

  /// Replaces by tombstones the segments that entries say are dropped, the oldest first.
  func finishPruning(_ done: inout Compaction) throws(JournalError) {
    guard let walk, !walk.pruned.isEmpty else { return }
    let folder = walk.folder
    let listing = try JournalListing(folder)
    var next = try Tombstone.last(listing, in: folder).map { $0.segment.last + 1 } ?? 1
    // The older one of the two that stand for what is dropped.
    let good = try goodSnapshots(listing, folder, atMost: 2)
    let vouched = good.count == 2 ? good[1].head.seq : 0
    // Whoever wrote them may have died before their names were durable.
    try folder.syncNames()
    while let segment = walk.pruned.first(where: { $0.first == next }),
      // They were there when the entry was written; who removed them wants the segments kept.
      segment.last <= vouched,
      let isOurs = try bury(segment, in: folder)
    {
      if isOurs {
        let file = folder.path + "/" + SegmentName.file(firstSeq: segment.first)
        done.pruned.append(
          Compaction.Segment(path: file, seqs: segment.first...segment.last, bytes: segment.bytes))
      }
      next = segment.last + 1
    }
    walk.pruned.removeAll { $0.first < next }
  }

  /// Puts a tombstone in a segment's place.
  ///
  /// - Returns: false where another compaction was first, nil where the file is not there.
  private func bury(
    _ segment: PrunedSegment, in folder: any JournalFolder
  ) throws(JournalError) -> Bool? {
    let name = SegmentName.file(firstSeq: segment.first)
    guard let file = try folder.openForReading(name) else { return nil }
    guard try file.digest(from: 0, count: segment.bytes) == segment.digest else {
      if try Tombstone.read(segment.first, in: folder)?.segment == segment { return false }
      throw JournalError(
        .damaged, "the segment is not the one that was to be dropped",
        hint: "run `daybook verify`; nothing of it was dropped", file: file.path)
    }
    return try WholeFile.write(
      Tombstone(segment, of: self.name).bytes, as: name, replacing: true, in: folder,
      random: system.random)
  }

  /// Replays the journal, and once more where another compaction drops what is being read.
  private func survey(
    _ limit: Point, _ folder: any JournalFolder
  ) throws(JournalError) -> PruneSurvey<P> {
    for _ in 0..<4 {
      do throws(JournalError) {
        return try surveyOnce(limit, folder)
      } catch {
        guard error.code == .pruned || error.code == .repaired else { throw error }
      }
    }
    return try surveyOnce(limit, folder)
  }

  private func surveyOnce(
    _ limit: Point, _ folder: any JournalFolder
  ) throws(JournalError) -> PruneSurvey<P> {
    let listing = try JournalListing(folder)
    let tombstone = try Tombstone.last(listing, in: folder)
    // What stands for dropped history leaves nothing to tables, which lead to it.
    let opening = JournalOpening<P>(
      folder: folder, name: name, root: root, system: system, usesTables: false,
      looksForRepairs: false)
    let start = try opening.start(
      tombstone.map { .oldest(from: $0.segment.last) } ?? .none)
    let snapshots = try goodSnapshots(listing, folder)
    var survey = PruneSurvey(
      start, limit: limit, first: tombstone.map { $0.segment.last + 1 } ?? 1,
      snapshots: snapshots, path: fold.path)
    // From the first line that is left: the state may be known only from segments further on.
    let walk = JournalWalk(
      folder, name: name, clock: system.clock,
      from: WalkStart(
        listing: listing, repairs: try Repairs(listing, in: folder), head: .none, time: .earliest,
        place: nil, isSealed: false))
    try walk.advance(&survey)
    if let damage = walk.damage { throw damage.error }
    survey.recorded = walk.pruned
    return survey
  }

  /// This projection's snapshots that stand for all before them: those that can be used and leave
  /// nothing to tables, the newest first.
  func goodSnapshots(
    _ listing: JournalListing, _ folder: any JournalFolder, atMost count: Int = .max
  ) throws(JournalError) -> [Snapshot] {
    let repairs = try Repairs(listing, in: folder)
    var good: [Snapshot] = []
    for name in own(listing.snapshots) {
      guard good.count < count else { break }
      if let snapshot = try goodSnapshot(name, repairs, folder) { good.append(snapshot) }
    }
    return good
  }

  /// Those of this projection and its version.
  func own(_ snapshots: [SnapshotName]) -> [SnapshotName] {
    snapshots.filter { $0.projector == P.name && $0.version == P.version }
  }

  /// A snapshot that stands for all before it; nil where it does not.
  func goodSnapshot(
    _ name: SnapshotName, _ repairs: Repairs, _ folder: any JournalFolder
  ) throws(JournalError) -> Snapshot? {
    guard case .success(let (snapshot, _)) = Snapshot.read(name, of: self.name, in: folder),
      snapshot.isWhole, !repairs.giveUp(name.seq), try snapshot.entry.line(in: folder) != nil
    else { return nil }
    return snapshot
  }

  /// From now on the snapshots are more than a cache: two are kept, each as a replay gives it.
  ///
  /// - Returns: false where one that was written has been removed meanwhile.
  private func keepTwoSnapshots(
    _ survey: PruneSurvey<P>, from last: Int64, _ folder: any JournalFolder
  ) throws(JournalError) -> Bool {
    if let differing = survey.differing {
      throw JournalError(
        .snapshotDiffers,
        "the snapshot of entry \(differing.head.seq) is not what its entries give",
        hint: "nothing was dropped; remove the snapshot, and look why the projection differs",
        file: folder.path + "/" + (differing.name?.file ?? ""), seq: differing.head.seq)
    }
    // The survey may have seen more than this handle.
    try catchUp()
    try makeDurable()
    var there = Set(survey.checked.filter { $0 >= last })
    for mark in [survey.atLimit, survey.atEnd] {
      guard there.count < 2, let mark, mark.head.seq >= last, !there.contains(mark.head.seq)
      else { continue }
      let file = try write(
        mark.state, mark.keys, head: mark.head, time: mark.time, place: mark.place,
        replacing: true, in: folder)
      guard let file else { continue }
      guard try checkReadBack(mark, file.path, folder) else { return false }
      there.insert(mark.head.seq)
    }
    guard there.count >= 2 else {
      throw JournalError(
        .invalidEvent, "history is dropped only where two snapshots stand for it",
        hint: "the projection \(P.name) needs to have snapshots", file: folder.path)
    }
    return true
  }

  /// Checks that a snapshot which was just written gives the state back that it was made of.
  ///
  /// - Returns: false where it is not there any more.
  private func checkReadBack(
    _ mark: PruneSurvey<P>.Mark, _ file: String, _ folder: any JournalFolder
  ) throws(JournalError) -> Bool {
    guard let name = SnapshotName(seq: mark.head.seq, projector: P.name, version: P.version),
      let bytes = try WholeFile.read(name.file, in: folder)
    else { return false }
    var cause = "it gives something else back"
    do throws(Snapshot.Fault) {
      let snapshot = try Snapshot(bytes)
      if mark.state.isState(of: snapshot), mark.keys.agree(with: snapshot.keys) { return true }
    } catch {
      cause = error.description
    }
    throw JournalError(
      .snapshotDiffers, "the snapshot was written and cannot be read back: \(cause)",
      hint: "nothing was dropped; see what is wrong with the file, then try again", file: file,
      seq: mark.head.seq)
  }

  private func recordDropped(
    _ survey: PruneSurvey<P>, _ folder: any JournalFolder
  ) throws(JournalError) {
    var dropped: [PrunedSegment] = []
    for segment in survey.droppable
    where !survey.recorded.contains(where: { $0.first == segment.first }) {
      guard let file = try folder.openForReading(SegmentName.file(firstSeq: segment.first)) else {
        return
      }
      let bytes = try file.size()
      let digest = try file.digest(from: 0, count: bytes)
      // What a late writer left behind the seal is in the digest too: it must not vanish.
      do throws(JournalError) {
        try file.syncData()
      } catch {
        file.dropCache()
        throw die(error)
      }
      dropped.append(
        PrunedSegment(
          first: segment.first, last: segment.head.seq, head: segment.head.hash,
          time: segment.time, bytes: bytes, digest: digest))
    }
    guard !dropped.isEmpty else { return finishEarlier(survey) }
    // With those dropped before: the entries that named them may go with these segments.
    var named = try Tombstone.all(JournalListing(folder), in: folder).map(\.segment) + dropped
    // As many as fit well into one line.
    while !named.isEmpty {
      try record(.pruned, PrunedSegment.data(Array(named.prefix(1000))))
      named.removeFirst(min(1000, named.count))
    }
    finishEarlier(survey)
  }

  /// What a pruning recorded that died before it was done is dropped too.
  private func finishEarlier(_ survey: PruneSurvey<P>) {
    if let walk {
      for segment in survey.recorded where !walk.pruned.contains(segment) {
        walk.pruned.append(segment)
      }
    }
  }
}
