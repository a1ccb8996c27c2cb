/// Repairs a damaged journal: gives up what is in doubt, so that it can be written to again.
///
/// Nothing is deleted or altered. One line is appended, which says from where the chain goes on;
/// what stands between is kept and does not count.
public struct JournalRepair: Sendable {
  private let reader: JournalReader
  private let options: WriteOptions

  public init(_ reader: JournalReader, options: WriteOptions = WriteOptions()) {
    self.reader = reader
    self.options = options
  }

  /// What there is to repair, without changing anything.
  ///
  /// - Returns: nil where the journal is not damaged.
  /// - Throws: ``JournalError``, as ``JournalReader/verify(expecting:progress:)``; `damaged` where
  ///   the last entry beyond doubt was dropped by pruning, so that nothing is left to go on from.
  ///
  /// Cost: three passes over the files.
  public func plan() throws(JournalError) -> RepairPlan? {
    try reader.anew { folder, _ throws(JournalError) in try plan(folder) }
  }

  /// Gives up what is in doubt.
  ///
  /// A process that writes to the damaged branch meanwhile reads the repair before it is told
  /// anything more; what it was told before may be among what is given up.
  ///
  /// - Parameter by: who decided so.
  /// - Returns: what was given up; nil where the journal is not damaged.
  /// - Throws: as ``plan()``; `unsafeFileSystem`; `gaveUp` where others append without end; what
  ///   the system calls give.
  public func apply(by: String? = nil) throws(JournalError) -> RepairPlan? {
    for _ in 0..<options.attempts {
      guard let plan = try plan() else { return nil }
      // Where a live writer went on to the next segment meanwhile, the repair came too late.
      if try write(plan, by), try self.plan() == nil { return plan }
    }
    throw JournalError(
      .gaveUp, "others appended meanwhile, \(options.attempts) times in a row",
      hint: "stop the programs that write to the journal, then try again", file: reader.path)
  }

  private func plan(_ folder: any JournalFolder) throws(JournalError) -> RepairPlan? {
    let walk = JournalWalk(folder, name: reader.name, clock: reader.system.clock)
    var nothing = NoVisitor()
    try walk.advance(&nothing)
    guard let damage = walk.damage else { return nil }
    var kept = Kept(upTo: damage.lastBeyondDoubt)
    try JournalWalk(folder, name: reader.name, clock: reader.system.clock).advance(&kept)
    let from = kept.from
    // What is beyond doubt was dropped with its state: there is nothing to go on from.
    if let dropped = try Tombstone.last(JournalListing(folder), in: folder),
      dropped.segment.last > from.seq
    {
      throw damage.error
    }

    let listing = try JournalListing(folder)
    var rest = RestOfJournal(after: kept.place)
    try rest.read(listing, in: folder, journal: reader.name)
    guard let segment = listing.segments.last, rest.highest < .max else { throw damage.error }
    return RepairPlan(
      journal: reader.name, damage: damage, from: from, time: kept.time,
      seq: max(rest.highest, from.seq) + 1, givenUp: rest.lines, lines: rest.count,
      entries: kept.after, segment: segment, offset: rest.end + (rest.isLineOpen ? 1 : 0),
      isLineOpen: rest.isLineOpen)
  }

  /// - Returns: whether the repair stands; not, where somebody appended since the look.
  private func write(_ plan: RepairPlan, _ by: String?) throws(JournalError) -> Bool {
    let folder = try reader.folder()
    try options.checkAppends(in: folder)
    // What the repair rests on is durable before it.
    for segment in try JournalListing(folder).segments where segment <= plan.segment {
      try folder.openForReading(SegmentName.file(firstSeq: segment))?.syncData()
    }
    let appender = try SegmentAppender(plan.segment, in: folder)
    let data = Repair.data(from: plan.from, segment: plan.segment, offset: plan.offset)
    let line = LineEncoder.line(
      LineEncoder.Content(type: EngineType.repaired.rawValue, by: by, data: data.bytes),
      seq: plan.seq, prev: plan.from.hash,
      attempt: LineEncoder.Attempt(
        time: max(reader.system.clock.now(), plan.time), durable: plan.from.seq,
        nonce: reader.system.random.next()))
    try appender.reserve(line.count + 2, after: plan.offset)
    let landing = appender.append(
      line + [UInt8(ascii: "\n")], end: plan.offset, isLineOpen: plan.isLineOpen)
    switch landing {
    case .refused(let error): throw error
    case .open(_, let error):
      throw JournalError(
        .outcomeUnknown, "the repair may count or not: \(error.message)",
        hint: "look with `daybook verify`, then try again", file: error.file, errno: error.errno)
    case .atEnd, .somewhere: break
    }
    try appender.sync()
    let hash = SHA256.digest(of: line)
    return try Repairs(JournalListing(folder), in: folder).standing.contains {
      $0.line.hash == hash
    }
  }

  /// Finds the last entry beyond doubt, and counts those after it.
  private struct Kept: LineVisitor {
    private let last: Int64
    private(set) var from: Head
    private(set) var place: LinePlace?
    private(set) var time = Timestamp.earliest
    private(set) var after = 0

    init(upTo last: Int64) {
      self.last = last
      from = Head.none
    }

    mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
      let (fields, hash, place) = unsafe (line.fields, line.hash, line.place)
      if fields.seq > last {
        after += 1
      } else if !fields.more {
        // The last that ends its group: a part of a group is nothing to go on from.
        from = Head(seq: fields.seq, hash: hash)
        time = fields.time
        self.place = place
      }
      return true
    }

    mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
      let segment = tombstone.segment
      guard segment.last <= last else { return }
      time = segment.time
      from = Head(seq: segment.last, hash: segment.head)
      place = LinePlace(segment: segment.first, offset: .max, length: 0)
    }
  }
}
