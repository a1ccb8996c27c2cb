/// Reads one journal, synchronously, without changing anything. It can be used beside any number
/// of writers, which never wait for it, nor it for them.
public struct JournalReader: Sendable {
  public let name: JournalName
  public let root: String
  let system: JournalSystem

  /// - Parameter root: the folder of all journals.
  public init(_ name: JournalName, in root: String, system: JournalSystem = JournalSystem()) {
    self.name = name
    self.root = root
    self.system = system
  }

  /// The names of the journals in a root, in order; nil where there is no such root.
  public static func names(
    in root: String, system: JournalSystem = JournalSystem()
  ) throws(JournalError) -> [JournalName]? {
    guard let folders = try system.fileSystem.folders(in: root) else { return nil }
    return folders.compactMap { try? JournalName($0) }.sorted()
  }

  /// Rebuilds a state from the first line, ignoring snapshots. Of a journal that was pruned, from
  /// the oldest snapshot that covers what was dropped.
  ///
  /// - Parameter point: up to where. The whole journal is read all the same: only what stands
  ///   later can show that what stands before was altered.
  /// - Parameter progress: called with the bytes that were read so far.
  /// - Throws: ``JournalError``: `notFound` where there is no such journal or no such `seq`,
  ///   `newerFormat`, `undecodable`, `pruned` where the point was dropped and no snapshot covers
  ///   it, and what the system calls give. Damage is not thrown: see ``Replay/damage``.
  ///
  /// Cost: one pass over the files; memory for the state, a buffer of at most 1 MiB, the lines of one
  /// atomic group, and where another thread folds, six batches of some 128 KiB.
  public func replay<P: Projection>(
    _ type: P.Type = P.self, until point: Point = .head,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws(JournalError) -> Replay<P> {
    try replaying(point, usingSnapshots: false, progress)
  }

  /// The state at a point: from the newest snapshot at or before it, and the entries after that.
  ///
  /// - Throws: as ``replay(_:until:progress:)``.
  ///
  /// Cost: reading the snapshot, and one pass over what stands behind it; nothing before it is
  /// read but the line that it covers.
  public func state<P: Projection>(
    _ type: P.Type = P.self, at point: Point = .head,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws(JournalError) -> Replay<P> {
    try replaying(point, usingSnapshots: true, progress)
  }

  private func replaying<P: Projection>(
    _ point: Point, usingSnapshots: Bool, _ progress: @escaping (Int64) -> Void
  ) throws(JournalError) -> Replay<P> {
    if case .seq(let seq) = point, seq < 0 {
      throw JournalError(
        .notFound, "there is no entry \(seq)", hint: "entries are numbered from 1", file: path,
        seq: seq)
    }
    return try anew { folder, isFirst throws(JournalError) in
      var opening = JournalOpening<P>(
        folder: folder, name: name, root: root, system: system)
      opening.looksForRepairs = !isFirst
      opening.needsKeys = false
      let start = try opening.start(
        usingSnapshots ? .newest(point) : replayChoice(folder))
      return try replay(start, point, opening, usingSnapshots, progress)
    }
  }

  /// From the first line; of a pruned journal, from the oldest snapshot behind what was dropped.
  private func replayChoice<P: Projection>(
    _ folder: any JournalFolder
  ) throws(JournalError) -> JournalOpening<P>.Choice {
    let tombstone = try Tombstone.last(JournalListing(folder), in: folder)
    return tombstone.map { .oldest(from: $0.segment.last) } ?? .none
  }

  private func replay<P: Projection>(
    _ first: JournalOpening<P>.Start, _ point: Point, _ opening: JournalOpening<P>,
    _ usingSnapshots: Bool, _ progress: @escaping (Int64) -> Void
  ) throws(JournalError) -> Replay<P> {
    var start = first
    var visitor = StateAt(start, point: point, path: path, progress: progress)
    let walk = start.walk
    try walk.advance(&visitor)
    if case .seq(let seq) = point, walk.damage == nil, seq > walk.chain.head.seq {
      throw JournalError(
        .notFound, "there is no entry \(seq) in \(name); its head is \(walk.chain.head.seq)",
        hint: "choose a seq from 1 to \(walk.chain.head.seq)", file: path, seq: seq)
    }
    if !point.covers(seq: start.head.seq, time: start.time ?? .earliest) {
      throw JournalError(
        .pruned, "the entries before seq \(start.head.seq) were dropped by pruning",
        hint: "choose a later point, or read a copy that was made before", file: path,
        seq: start.head.seq)
    }
    var folded = visitor.result
    let reached = folded.failure?.seq ?? folded.head.seq
    if let damage = walk.damage, damage.lastBeyondDoubt < reached {
      // What was folded reaches into what is in doubt: once more, up to the last that is not.
      do throws(JournalError) {
        start = try opening.start(
          usingSnapshots
            ? .newest(.seq(damage.lastBeyondDoubt)) : replayChoice(opening.folder))
        visitor = StateAt(
          start, point: .seq(damage.lastBeyondDoubt), path: path, progress: { _ in })
        try start.walk.advance(&visitor)
        folded = visitor.result
      } catch {
        // What is beyond doubt was dropped: there is no state to give.
        throw error.code == .pruned ? damage.error : error
      }
    }
    if let failure = folded.failure { throw failure }
    return Replay(
      state: folded.state, head: folded.head, time: folded.time, damage: walk.damage,
      start: start.head, warnings: start.warnings)
  }

  /// Reads, and once more where the journal was pruned or repaired meanwhile.
  ///
  /// - Parameters:
  ///   - most: so often at most.
  ///   - body: is told whether it is the first time.
  func anew<R>(
    most: Int = 5,
    _ body: (any JournalFolder, _ isFirst: Bool) throws(JournalError) -> R
  ) throws(JournalError) -> R {
    var attempts = 0
    while true {
      do throws(JournalError) {
        return try body(folder(), attempts == 0)
      } catch {
        attempts += 1
        guard attempts < most, error.code == .pruned || error.code == .repaired else { throw error }
      }
    }
  }

  /// Hands out every line, those that count and those that do not, in the order of the files; but
  /// the lines of an atomic group only once it is known whether they count.
  ///
  /// - Parameter body: returns false to have enough.
  /// - Returns: damage, as far as was read.
  /// - Throws: what `body` throws; ``JournalError``, `pruned` and `repaired` among them where that
  ///   happens to the journal meanwhile. What was dropped before is left out.
  @discardableResult
  public func forEachLine(
    _ body: (JournalLine) throws -> Bool
  ) throws -> Damage? {
    try forEachLine(on: walk(), body)
  }

  /// Hands out every line from where a walk stands.
  func forEachLine(
    on walk: JournalWalk, _ body: (JournalLine) throws -> Bool
  ) throws -> Damage? {
    // The closure is used inside this call only; the visitor that holds it ends with it.
    try withoutActuallyEscaping(body) { body in
      var visitor = EachLine(path: path, body: body)
      try walk.advance(&visitor)
      if let error = visitor.error { throw error }
      return walk.damage
    }
  }

  /// Hands out every entry in order.
  ///
  /// - Parameter body: returns false to have enough.
  /// - Returns: damage, as far as was read.
  @discardableResult
  public func forEach(_ body: (Entry) throws -> Bool) throws -> Damage? {
    try forEach(on: walk(), body)
  }

  /// Hands out every entry from where a walk stands.
  func forEach(on walk: JournalWalk, _ body: (Entry) throws -> Bool) throws -> Damage? {
    try forEachLine(on: walk) { line in
      guard case .entry(let entry) = line else { return true }
      return try body(entry)
    }
  }

  /// The newest entry's number and hash, made durable first: what is written down elsewhere must
  /// not be lost here.
  ///
  /// - Throws: as ``state(_:at:progress:)``, and `damaged`.
  ///
  /// Cost: reading the newest snapshot and what stands behind it, and two syncs. Whether something
  /// before the snapshot was altered, a verification tells.
  public func head() throws(JournalError) -> Head { try durableWalk().chain.head }

  /// A walk that has come to the end, and made durable what it read.
  func durableWalk() throws(JournalError) -> JournalWalk {
    var visitor = NoVisitor()
    let walk = try walk(coming: .head)
    try walk.advance(&visitor)
    if let damage = walk.damage { throw damage.error }
    try walk.syncWhatWasRead()
    return walk
  }

  /// Whether the journal's folder is there.
  public func exists() throws(JournalError) -> Bool {
    try system.fileSystem.journalFolder(name.text, in: root) != nil
  }

  var path: String { root + "/" + name.text }

  func walk() throws(JournalError) -> JournalWalk {
    JournalWalk(try folder(), name: name, clock: system.clock)
  }

  func folder() throws(JournalError) -> any JournalFolder {
    guard let folder = try system.fileSystem.journalFolder(name.text, in: root) else {
      throw JournalError(
        .notFound, "there is no journal \(name)", hint: "check the name and the root", file: path)
    }
    return folder
  }
}

extension JournalReader {
  /// How many bytes all segments hold: it changes with every append.
  package func extent() throws(JournalError) -> Int64 {
    guard let folder = try system.fileSystem.journalFolder(name.text, in: root) else { return 0 }
    let listing = try JournalListing(folder)
    // What was dropped still counts, so that an extent never comes back.
    let dropped = try Tombstone.all(listing, in: folder).map(\.segment)
    var sum = dropped.reduce(Int64(0)) { $0.addingClamped($1.bytes) }
    for segment in listing.segments where !dropped.contains(where: { $0.first == segment }) {
      let file = try folder.openForReading(SegmentName.file(firstSeq: segment))
      sum = sum.addingClamped(try file?.size() ?? 0)
    }
    return sum
  }
}

extension JournalReader {
  /// The very bytes that stand at a place, without the newline.
  public func bytes(at place: LinePlace) throws(JournalError) -> [UInt8] {
    guard let folder = try system.fileSystem.journalFolder(name.text, in: root),
      let file = try folder.openForReading(place.file)
    else {
      throw JournalError(
        .notFound, "there is no segment \(place.file)", hint: "it was there a moment ago",
        file: path)
    }
    return try file.bytes(at: place.offset, count: place.length)
  }
}
