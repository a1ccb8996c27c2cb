extension JournalReader {
  /// Hands out the lines from a point on, without reading what stands before the last snapshot that is
  /// wholly before it: some that stand before the point come too.
  ///
  /// - Parameters:
  ///   - point: nil for all lines.
  ///   - body: returns false to have enough.
  /// - Returns: damage, as far as was read.
  /// - Throws: as ``forEachLine(_:)``.
  package func forEachLine(
    coming point: Point?, _ body: (JournalLine) throws -> Bool
  ) throws -> Damage? {
    try forEachLine(
      on: point.map { point throws(JournalError) in try walk(coming: point) } ?? walk(), body)
  }

  /// A walk that comes to all entries from a point on, and begins at the last snapshot that is wholly
  /// before it, of whatever projector, or with the first line.
  func walk(coming point: Point) throws(JournalError) -> JournalWalk {
    let folder = try folder()
    var search = try SnapshotSearch(folder, journal: name, listing: JournalListing(folder))
    guard let found = try search.newest(before: point) else { return try walk() }
    return search.walk(behind: found, clock: system.clock)
  }

  /// The newest entries that are wanted, in their order, without reading what stands before the
  /// snapshot that is near enough.
  ///
  /// - Parameters:
  ///   - limit: how many at most.
  ///   - since: the first that may be wanted, or its time; nil where any may be.
  ///   - progress: is told how many bytes were read so far.
  /// - Returns: nil where the journal is to be read from its first line: no snapshot is far enough
  ///   back, or damage was met.
  ///
  /// Cost: reading a snapshot and what stands behind it; where that does not hold enough, from one
  /// twice as far back, and so on.
  package func newest(
    _ limit: Int, since: Point? = nil, progress: @escaping (Int64) -> Void = { _ in },
    where isWanted: @escaping (Entry) -> Bool
  ) throws(JournalError) -> [Entry]? {
    try anew { folder, _ throws(JournalError) in
      var search = try SnapshotSearch(folder, journal: name, listing: JournalListing(folder))
      var next = try search.newest(before: .head)
      while let found = next {
        let walk = search.walk(behind: found, clock: system.clock)
        var visitor = NewestEntries(limit, path: path, where: isWanted, progress: progress)
        try walk.advance(&visitor)
        guard walk.damage == nil else { return nil }
        let newest = visitor.newest
        let snapshot = found.snapshot
        if newest.isFull || since.map(snapshot.isBefore) ?? false { return newest.elements }
        let behind = walk.chain.head.seq - snapshot.head.seq
        next = try search.newest(before: .seq(snapshot.head.seq - max(0, behind - 1)))
      }
      return nil
    }
  }
}

/// Keeps the newest entries that are wanted.
private struct NewestEntries: LineVisitor {
  let path: String
  let isWanted: (Entry) -> Bool
  let progress: (Int64) -> Void
  private(set) var newest: Newest<Entry>
  private var bytes: Int64 = 0

  init(
    _ limit: Int, path: String, where isWanted: @escaping (Entry) -> Bool,
    progress: @escaping (Int64) -> Void
  ) {
    newest = Newest(limit)
    self.path = path
    self.isWanted = isWanted
    self.progress = progress
  }

  mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    throw tombstone.entriesAreGone(path)
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    let entry = unsafe line.entry
    if isWanted(entry) { newest.append(entry) }
    bytes += Int64(entry.place.length) + 1
    progress(bytes)
    return true
  }
}

extension SnapshotSearch {
  /// The newest snapshot that is wholly before a point; any is before the head.
  fileprivate mutating func newest(before point: Point) throws(JournalError) -> Found? {
    // Without its first segment, history itself is missing: no snapshot makes up for that.
    guard listing.segments.first == 1 else { return nil }
    for name in listing.snapshots where point.mayBeBehind(name) {
      // Behind a segment that was dropped others may be that were, too.
      if let found = try find(name, where: { $0.isBefore(point) }), found.line.kind != .dropped {
        return found
      }
    }
    return nil
  }
}

extension Point {
  /// Whether all that a snapshot covers may be before it, as far as its name tells.
  fileprivate func mayBeBehind(_ snapshot: SnapshotName) -> Bool {
    if case .seq(let seq) = self { snapshot.seq < seq } else { true }
  }
}

extension Snapshot {
  /// Whether all that it covers is before a point.
  fileprivate func isBefore(_ point: Point) -> Bool {
    switch point {
    case .head: true
    case .seq(let seq): head.seq < seq
    case .time(let moment): time < moment
    }
  }
}
