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
      // Where a live writer made the next segment meanwhile, the repair came too late.
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
    // What is beyond doubt was dropped with its state: there is nothing to go on from.
    if let dropped = try Tombstone.last(JournalListing(folder), in: folder),
      dropped.segment.last > kept.head.seq
    {
      throw damage.error
    }

    let listing = try JournalListing(folder)
    var rest = RestOfJournal(after: kept.place)
    try rest.read(listing, in: folder, journal: reader.name)
    guard let ends = rest.ends else { throw damage.error }
    let seq = max(rest.highest, kept.head.seq) + Int64(ends.count)
    guard seq <= LineFormat.highestJump else { throw damage.error }
    return RepairPlan(
      journal: reader.name, damage: damage, from: kept.head, time: kept.time,
      seq: seq, givenUp: rest.lines, lines: rest.count, entries: kept.after, ends: ends)
  }

  /// - Returns: whether the repair stands; not, where somebody appended since the look.
  private func write(_ plan: RepairPlan, _ by: String?) throws(JournalError) -> Bool {
    let folder = try reader.folder()
    try options.checkAppends(in: folder)
    // What the repair rests on is durable before it.
    for segment in try JournalListing(folder).segments {
      try folder.openForReading(SegmentName.file(firstSeq: segment))?.syncData()
    }
    guard let last = plan.ends.last else { return false }
    let place = try append(plan, seq: plan.seq, at: last, by, in: folder)
    let standing = try Repairs(JournalListing(folder), in: folder).standing
    guard standing.contains(where: { $0.place == place }) else { return false }
    for (index, end) in plan.ends.dropLast().enumerated() {
      try announce(plan, seq: plan.seq - 1 - Int64(index), in: end.segment, by, folder)
    }
    return true
  }

  /// Appends a repair's line to a segment where somebody may go on who does not meet the repair itself.
  /// The repair, which stands behind it, gives it up.
  private func announce(
    _ plan: RepairPlan, seq: Int64, in segment: Int64, _ by: String?, _ folder: any JournalFolder
  ) throws(JournalError) {
    for _ in 0..<options.attempts {
      let file = try folder.openForReading(SegmentName.file(firstSeq: segment))
      let end =
        try file.map { file throws(JournalError) in try JournalEnd(of: file, segment) }
        ?? JournalEnd(segment: segment, offset: 0, isLineOpen: false)
      let place = try append(plan, seq: seq, at: end, by, in: folder)
      if try Repairs(JournalListing(folder), in: folder).places.contains(place) { return }
    }
    throw JournalError(
      .gaveUp, "the journal is repaired, but a writer may not have met that",
      hint: "end the programs that write to the journal, and start them again", file: reader.path)
  }

  /// Appends a repair's line, durably.
  ///
  /// - Returns: where it stands if nobody appended since the look.
  private func append(
    _ plan: RepairPlan, seq: Int64, at end: JournalEnd, _ by: String?, in folder: any JournalFolder
  ) throws(JournalError) -> LinePlace {
    let appender = try SegmentAppender(end.segment, in: folder)
    let data = Repair.data(from: plan.from, segment: end.segment, offset: end.offset)
    let line = LineEncoder.line(
      LineEncoder.Content(type: EngineType.repaired.rawValue, by: by, data: data.bytes),
      seq: seq, prev: plan.from.hash,
      attempt: LineEncoder.Attempt(
        time: max(reader.system.clock.now(), plan.time), durable: plan.from.seq,
        nonce: reader.system.random.next()))
    try appender.reserve(line.count + 2, after: end.offset)
    let landing = appender.append(
      line + [UInt8(ascii: "\n")], end: end.offset, isLineOpen: end.isLineOpen)
    switch landing {
    case .refused(let error): throw error
    case .open(_, let error):
      throw JournalError(
        .outcomeUnknown, "the repair may count or not: \(error.message)",
        hint: "look with `daybook verify`, then try again", file: error.file, errno: error.errno)
    case .atEnd, .somewhere: break
    }
    try appender.sync()
    return LinePlace(segment: end.segment, offset: end.offset, length: line.count)
  }

  /// Finds the last entry beyond doubt, and counts those after it.
  private struct Kept: LineVisitor {
    private let last: Int64
    private(set) var head = Head.none
    private(set) var time = Timestamp.earliest
    private(set) var place: LinePlace?
    private(set) var after = 0

    init(upTo last: Int64) { self.last = last }

    mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
      let (fields, hash, place) = unsafe (line.fields, line.hash, line.place)
      if fields.seq > last {
        after += 1
      } else if !fields.more {
        // The last that ends its group: a part of a group is nothing to go on from.
        head = Head(seq: fields.seq, hash: hash)
        time = fields.time
        self.place = place
      }
      return true
    }

    mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
      let segment = tombstone.segment
      guard segment.last <= last else { return }
      head = Head(seq: segment.last, hash: segment.head)
      time = segment.time
      place = LinePlace(segment: segment.first, offset: .max, length: 0)
    }
  }
}
