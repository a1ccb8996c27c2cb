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

  /// Rebuilds a state from the first line.
  ///
  /// - Parameter point: up to where. The whole journal is read all the same: only what stands
  ///   later can show that what stands before was altered.
  /// - Parameter progress: called with the bytes that were read so far.
  /// - Throws: ``JournalError``: `notFound` where there is no such journal or no such `seq`,
  ///   `newerFormat`, `undecodable`, and what the system calls give. Damage is not thrown: see
  ///   ``Replay/damage``.
  ///
  /// Cost: one pass over the files; memory for the state and a buffer of at most 1 MiB.
  public func replay<P: Projection>(
    _ type: P.Type = P.self, until point: Point = .head,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws(JournalError) -> Replay<P> {
    var visitor = StateAt<P>(point: point, path: path, progress: progress)
    let walk = try walk()
    try walk.advance(&visitor)
    if case .seq(let seq) = point, seq < 0 || (walk.damage == nil && seq > walk.chain.head.seq) {
      throw JournalError(
        .notFound, "there is no entry \(seq) in \(name); its head is \(walk.chain.head.seq)",
        hint: "choose a seq from 1 to \(walk.chain.head.seq)", file: path, seq: seq)
    }
    let reached = visitor.failure?.seq ?? visitor.head.seq
    guard let damage = walk.damage, damage.lastBeyondDoubt < reached else {
      if let failure = visitor.failure { throw failure }
      return Replay(
        state: visitor.state, head: visitor.head, time: visitor.time, damage: walk.damage)
    }
    // What was folded reaches into what is in doubt: once more, up to the last that is not.
    visitor = StateAt<P>(
      point: .seq(damage.lastBeyondDoubt), path: path, progress: { _ in })
    try self.walk().advance(&visitor)
    if let failure = visitor.failure { throw failure }
    return Replay(state: visitor.state, head: visitor.head, time: visitor.time, damage: damage)
  }

  /// Hands out every line, those that count and those that do not, in the order of the files; but
  /// the lines of an atomic group only once it is known whether they count.
  ///
  /// - Parameter body: returns false to have enough.
  /// - Returns: damage, as far as was read.
  @discardableResult
  public func forEachLine(
    _ body: (JournalLine) throws -> Bool
  ) throws -> Damage? {
    // The closure is used inside this call only; the visitor that holds it ends with it.
    try withoutActuallyEscaping(body) { body in
      var visitor = EachLine(body: body)
      let walk = try walk()
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
    try forEachLine { line in
      guard case .entry(let entry) = line else { return true }
      return try body(entry)
    }
  }

  /// The newest entry's number and hash, made durable first: what is written down elsewhere must
  /// not be lost here.
  ///
  /// - Throws: as ``replay(_:until:)``, and `damaged`.
  public func head() throws(JournalError) -> Head {
    var visitor = NoVisitor()
    let walk = try walk()
    try walk.advance(&visitor)
    if let damage = walk.damage { throw damage.error }
    try walk.syncWhatWasRead()
    return walk.chain.head
  }

  /// Whether the journal's folder is there.
  public func exists() throws(JournalError) -> Bool {
    try system.fileSystem.journalFolder(name.text, in: root) != nil
  }

  var path: String { root + "/" + name.text }

  func walk() throws(JournalError) -> JournalWalk {
    guard let folder = try system.fileSystem.journalFolder(name.text, in: root) else {
      throw JournalError(
        .notFound, "there is no journal \(name)", hint: "check the name and the root", file: path)
    }
    return JournalWalk(folder, name: name, clock: system.clock)
  }
}

extension JournalReader {
  /// How many bytes all segments hold: it changes with every append.
  package func extent() throws(JournalError) -> Int64 {
    guard let folder = try system.fileSystem.journalFolder(name.text, in: root) else { return 0 }
    var sum: Int64 = 0
    for file in try folder.names() where SegmentName.firstSeq(of: file) != nil {
      sum += try folder.openForReading(file)?.size() ?? 0
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
