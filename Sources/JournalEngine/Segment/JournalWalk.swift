/// A walk along a journal: segment after segment, line after line, each decided by the chain.
///
/// It reads to the end, and when it is called again goes on from there: the same walk serves a
/// reader, a follower, and a writer that looks where its lines landed.
package final class JournalWalk {
  package let folder: any JournalFolder
  package let name: JournalName
  /// The segment that is read, by the `seq` of its first line; nil before the first.
  package private(set) var segment: Int64?
  /// Damage that the walk has met so far; of several, what puts most in doubt.
  package private(set) var damage: Damage?

  /// The damage that no line shows: segments that are missing or follow one without a seal.
  package private(set) var gaps: [Damage] = []

  let clock: any WallClock
  /// What a crash left behind and no entry notes yet.
  var debris = Debris()
  /// Segments that entries say are dropped.
  var pruned: [PrunedSegment] = []
  /// Segments that entries said are dropped which a repair gave up since.
  var prunedBeforeRepair: [PrunedSegment] = []
  /// Segments that are.
  var dropped: [Tombstone] = []
  /// What snapshots say of entries that are still ahead.
  let witnesses: [Witness]
  /// The entries that repairs gave up which it has passed, or which stand before its start.
  var givenUp: GivenUp
  /// Repairs that were known when the walk began: another one means that it is to begin anew.
  var knownRepairs: Set<LinePlace> = []
  @exclusivity(unchecked) var position: WalkPosition
  private var file: (any SegmentFile)?
  /// What was there when the walk began. The segments' seals were there before them, and so were
  /// the entries that the snapshots cover.
  private var listing: JournalListing?
  private var start: WalkStart?
  private var isChecked = false
  /// How often it may still wait for bytes that look unfinished, until it is called again: of so
  /// many lines at once most are what crashes left, or what somebody put there.
  var pausesLeft = 0
  /// Whether the repairs are known that the lines ahead may hold.
  private(set) var looksAhead = true
  private var reader: SegmentReader
  private let buffer: LineBuffer

  /// - Parameter start: where it begins; at the first line where it is nil.
  package init(
    _ folder: any JournalFolder, name: JournalName, clock: any WallClock,
    from start: WalkStart? = nil
  ) {
    self.folder = folder
    self.name = name
    self.clock = clock
    self.start = start
    // As large as the segment asks for, once that is known.
    buffer = LineBuffer(capacity: 0)
    reader = SegmentReader(buffer: buffer)
    givenUp = start?.givenUp ?? GivenUp()
    witnesses = start?.witnesses ?? []
    unsafe position = WalkPosition(
      chain: start.map { ChainState(after: $0.head, time: $0.time, isSealed: $0.isSealed) }
        ?? ChainState(),
      headPlace: start?.place)
  }

  /// Where the known bytes of the segment end.
  package struct End {
    /// Just after the last newline.
    package var offset: Int64 = 0
    /// How many bytes stand behind it.
    package var unfinished: Int64 = 0
  }

  package var end: End { End(offset: reader.offset, unfinished: reader.unfinished) }

  /// The segment's file, open for reading.
  var currentFile: (any SegmentFile)? { file }

  /// Reads on to the end of the last segment, or until the visitor has enough. A later call goes
  /// on from there.
  ///
  /// - Throws: `JournalError`: what reading the files gives, `newerFormat`, and what the visitor
  ///   throws. Damage is not thrown: it is in ``damage``, and the walk goes on to see all of it.
  /// - Returns: whether the end was reached.
  @discardableResult
  package func advance(_ visitor: inout some LineVisitor) throws(JournalError) -> Bool {
    pausesLeft = 100
    var isOpen = file != nil
    if !isOpen { isOpen = try openFirst() }
    if isOpen {
      repeat {
        guard try readSegment(&visitor) else { return false }
      } while try openNext(&visitor)
      try checkSnapshots()
    }
    // A repair may stand where the walk did not get to.
    if !looksAhead, damage != nil { throw needsToLookAhead(chain.head.seq) }
    return true
  }

  func needsToLookAhead(_ seq: Int64) -> JournalError {
    JournalError(
      .repaired, "the journal was repaired, or is to be", hint: "read it anew", file: folder.path,
      seq: seq)
  }

  /// Goes on behind lines of our own that were just written at the end.
  package func passOwn(_ lines: [Entry], endingAt offset: Int64) {
    var visitor = NoVisitor()
    // By a span, which lends what an array would copy.
    let lent = lines.span
    for index in lent.indices {
      if chain.follow(lent[index].fields, hash: lent[index].hash) == nil {
        var dropped: [VoidLine] = []
        _ = chain.step(lent[index].fields, hash: lent[index].hash) { dropped.append($0) }
        voidGroup(dropped, &visitor)
      }
      passed += Int64(lent[index].place.length) + 1
      if lent[index].isEngines { learn(lent[index]) }
    }
    headPlace = lines.last?.place ?? headPlace
    reader.skip(to: offset)
  }

  /// Goes to the start of a segment; false where it is not there.
  private func openSegment(_ first: Int64) throws(JournalError) -> Bool {
    guard let opened = try folder.openForReading(SegmentName.file(firstSeq: first)) else {
      return false
    }
    begin(first, in: opened, at: 0)
    return true
  }

  /// Begins with a segment that was just made, in a folder that held nothing: there is nothing to
  /// be read yet. False where that is not so, and the walk is to look for itself.
  package func begin(_ first: Int64, madeAs file: any SegmentFile) -> Bool {
    guard segment == nil, file.sizeWhenOpened == 0, var listing, listing.segments.isEmpty,
      listing.snapshots.isEmpty
    else { return false }
    listing.segments = [first]
    self.listing = listing
    isChecked = true
    begin(first, in: file, at: 0)
    // By the time that it is read, others may have appended.
    reader.forgetFirstEnd()
    return true
  }

  private func begin(_ segment: Int64, in file: any SegmentFile, at offset: Int64) {
    self.file = file
    self.segment = segment
    buffer.makeRoom((file.sizeWhenOpened ?? .max) - offset)
    reader = SegmentReader(offset: offset, buffer: buffer, firstEnd: file.sizeWhenOpened)
  }

  func note(_ damage: Damage) {
    self.damage = damage.worse(than: self.damage)
  }

  private func noteGap(_ file: String, _ offset: Int64, _ cause: String) {
    let gap = Damage(
      lastBeyondDoubt: chain.head.seq, file: file, offset: offset, cause: cause)
    if !gaps.contains(gap) { gaps.append(gap) }
    note(gap)
  }

  func path(of segment: Int64) -> String {
    folder.path + "/" + SegmentName.file(firstSeq: segment)
  }

  private func openFirst() throws(JournalError) -> Bool {
    let start = self.start
    let listing: JournalListing
    if let start { listing = start.listing } else { listing = try JournalListing(folder) }
    self.listing = listing
    guard let first = listing.segments.first else {
      // A folder that was empty when the start was found may hold a segment the next time.
      self.start = nil
      return false
    }
    let repairs = start == nil ? try Repairs(listing, in: folder) : start?.repairs
    looksAhead = repairs != nil
    self.repairs = repairs?.standing.reversed() ?? []
    knownRepairs = repairs?.places ?? []
    resumeIfGivenUp()
    if let place = start?.place {
      if let opened = start?.file {
        begin(place.segment, in: opened, at: place.end)
        // The walk goes on to other files.
        self.start?.file = nil
        return true
      }
      // Nothing but a tombstone.
      if try openSegment(place.segment), let file {
        begin(place.segment, in: file, at: try file.size())
        return true
      }
    }
    guard first == 1 || resumption != nil else {
      let found = SegmentName.file(firstSeq: first)
      noteGap(path(of: 1), 0, "the journal's first segment is missing, and \(found) exists")
      return false
    }
    return try openSegment(first)
  }

  /// From the last entry beyond doubt on, lines are given up until the repair comes.
  func resumeIfGivenUp() {
    while let next = repairs.last, next.from == chain.head {
      repairs.removeLast()
      // One that stands before the entry that it goes on from never comes.
      guard isAhead(next.place) else { continue }
      resumption = next
      return
    }
  }

  private func isAhead(_ place: LinePlace) -> Bool {
    guard let headPlace else { return place.segment >= segment ?? 0 }
    return (place.segment, place.offset) > (headPlace.segment, headPlace.offset)
  }

  /// After the end of a segment: goes on to the next where an accepted seal says so.
  private func openNext(_ visitor: inout some LineVisitor) throws(JournalError) -> Bool {
    guard let segment, let listing else { return false }
    let listed = listing.segments
    if resumption != nil {
      guard let next = listed.first(where: { $0 > segment }) else { return false }
      endSegment(&visitor)
      return try openSegment(next)
    }
    guard chain.isSealed else {
      if let later = later(than: segment, in: listed) {
        noteGap(
          path(of: segment), reader.offset, "\(later) exists, and the segment before it has no seal"
        )
      }
      return false
    }
    let next = chain.head.seq + 1
    if try !openSegment(next) {
      let present = try JournalListing(folder).segments
      // A listing may miss what is made meanwhile: whatever stands in it stands behind the next
      // segment, so by now that is there too, or it is gone.
      guard try openSegment(next) else {
        if let later = later(than: segment, in: present) {
          noteGap(path(of: next), 0, "the segment is missing, and \(later) exists")
        }
        return false
      }
    }
    endSegment(&visitor)
    return true
  }

  private func later(than segment: Int64, in segments: [Int64]) -> String? {
    segments.first { $0 > segment }.map(SegmentName.file)
  }

  /// At the first end: a snapshot covers only what is durable, so what it covers must be there.
  private func checkSnapshots() throws(JournalError) {
    guard !isChecked, let listing else { return }
    isChecked = true
    let head = chain.head
    for name in listing.snapshots where name.seq > head.seq {
      guard case .success(let (snapshot, _)) = Snapshot.read(name, of: self.name, in: folder)
      else { continue }
      note(
        Damage(
          lastBeyondDoubt: head.seq, file: folder.path + "/" + name.file, offset: 0,
          cause: "the snapshot covers entry \(snapshot.head.seq), and the journal ends at "
            + "\(head.seq)"))
      return
    }
  }

  private func readSegment(_ visitor: inout some LineVisitor) throws(JournalError) -> Bool {
    guard let file, let segment else { return true }
    return unsafe try reader.readHashed(file) { piece, hash throws(JournalError) in
      switch unsafe piece {
      case .tooLong(let offset, let length):
        return try tear(
          LinePlace(segment: segment, offset: offset, length: Int(length)), &visitor)
      case .line(let bytes, let offset):
        if unsafe bytes.isEmpty { return true }
        let place = LinePlace(segment: segment, offset: offset, length: bytes.count)
        var fields = ScannedLine()
        guard unsafe LineScanner.scan(bytes, into: &fields) else {
          if offset == 0, resumption == nil,
            let tombstone = unsafe Tombstone(bytes, segment: segment),
            tombstone.segment.first == chain.head.seq + 1
          {
            return try pass(tombstone, &visitor)
          }
          return unsafe try readAgain(bytes, place, file, &visitor)
        }
        return unsafe try take(fields, bytes, hash, place, &visitor)
      }
    }
  }
}
