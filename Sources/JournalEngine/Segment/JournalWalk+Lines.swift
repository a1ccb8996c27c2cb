extension JournalWalk {
  /// Takes a well-formed line; returns whether the walk goes on.
  func take(
    _ fields: ScannedLine, _ bytes: UnsafeRawBufferPointer, _ hash: Digest, _ place: LinePlace,
    _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool {
    if resumption != nil || fields.engineType == .repaired {
      guard looksAhead else { throw needsToLookAhead(fields.seq) }
      let entry = unsafe Entry(bytes, fields: fields, hash: hash, place: place)
      if let goesOn = try takeRepair(entry, &visitor) { return goesOn }
    }
    switch chain.follow(fields, hash: hash) ?? decide(fields, hash, &visitor) {
    case .void(let line):
      report(line, place, &visitor)
      return true
    case .pending:
      unsafe group.add(bytes, fields: fields, hash: hash, place: place)
      return true
    case .accepted:
      if fields.seq - Int64(group.count) == 1 {
        try checkFormat(
          group.isEmpty
            ? unsafe Entry(bytes, fields: fields, hash: hash, place: place) : group.entry(at: 0))
      }
      if fields.engineType != nil {
        learn(unsafe Entry(bytes, fields: fields, hash: hash, place: place))
      }
      let line = unsafe AcceptedLine(
        bytes: bytes, fields: fields, hash: hash, place: place,
        groupStart: group.first?.seq ?? fields.seq)
      return unsafe try hand(line, &visitor)
    }
  }

  /// The lines of a group that is given up with it go to the visitor.
  private func decide(
    _ fields: ScannedLine, _ hash: Digest, _ visitor: inout some LineVisitor
  ) -> LineDecision {
    var dropped: [VoidLine] = []
    let decision = chain.step(fields, hash: hash) { dropped.append($0) }
    voidGroup(dropped, &visitor)
    return decision
  }

  /// Hands out a line that is the head now, and before it those of its group.
  private func hand(
    _ line: AcceptedLine, _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool {
    var goesOn = true
    if !group.isEmpty {
      defer { group.removeAll() }
      unsafe try group.forEach(groupStart: line.groupStart) { line throws(JournalError) in
        goesOn = unsafe try visitor.accepted(line) && goesOn
      }
    }
    headPlace = unsafe line.place
    passed += Int64(unsafe line.place.length) + 1
    goesOn = unsafe try visitor.accepted(line) && goesOn
    if !witnesses.isEmpty { try checkWitness() }
    if !repairs.isEmpty { resumeIfGivenUp() }
    return goesOn
  }

  /// Takes a line where a repair is awaited, or one that is a repair; nil where the chain decides.
  private func takeRepair(
    _ entry: Entry, _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool? {
    if let resumption {
      guard entry.place == resumption.place else {
        if entry.fields.engineType == .pruned {
          prunedBeforeRepair += PrunedSegment.named(by: entry)
        }
        report(chain.giveUp(entry.fields), entry.place, &visitor)
        return true
      }
      self.resumption = nil
      return try accept(resumption, entry, &visitor)
    }
    guard let repair = Repair(entry), !knownRepairs.contains(entry.place) else { return nil }
    if repair.from == chain.head {
      knownRepairs.insert(entry.place)
      return try accept(repair, entry, &visitor)
    }
    // Of a number that the head has too, it goes on from another branch.
    guard repair.from.seq <= chain.head.seq else { return nil }
    throw JournalError(
      .repaired,
      "the journal was repaired: what stood after entry \(repair.from.seq) was given up",
      hint: "read it anew", file: path(of: entry.place.segment), offset: entry.place.offset,
      seq: repair.from.seq)
  }

  private func accept(
    _ repair: Repair, _ entry: Entry, _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool {
    var dropped: [VoidLine] = []
    chain.goOn(after: repair.line, time: max(chain.time, repair.time)) { dropped.append($0) }
    voidGroup(dropped, &visitor)
    headPlace = entry.place
    passed += Int64(entry.place.length) + 1
    givenUp.add(repair)
    // Nothing before it is left behind by a crash: it is given up.
    debris = Debris()
    let goesOn = try hand(entry, groupStart: entry.seq, &visitor)
    resumeIfGivenUp()
    return goesOn
  }

  /// Goes on behind a segment that was dropped.
  func pass(
    _ tombstone: Tombstone, _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool {
    let segment = tombstone.segment
    do throws(JournalError) {
      try visitor.dropped(tombstone)
    } catch {
      guard error.code == .pruned, let last = try Tombstone.last(JournalListing(folder), in: folder)
      else { throw error }
      // What can be read begins behind the last of them.
      throw last.entriesAreGone(folder.path)
    }
    chain.goOn(after: Head(seq: segment.last, hash: segment.head), time: segment.time) { _ in }
    headPlace = nil
    dropped.append(tombstone)
    resumeIfGivenUp()
    return true
  }

  /// What the walk itself learns of the engine's entries.
  func learn(_ entry: Entry) {
    switch entry.fields.engineType {
    case .recovered: debris.forget(entry)
    case .pruned: pruned += PrunedSegment.named(by: entry)
    default: break
    }
  }

  /// A snapshot's digest vouches for the hash of the entry that it covers.
  private func checkWitness() throws(JournalError) {
    guard let witness = witnesses.first(where: { $0.head.seq == chain.head.seq }),
      witness.head != chain.head
    else { return }
    note(
      Damage(
        lastBeyondDoubt: witness.lastBeyondDoubt, file: witness.file, offset: 0,
        cause: "entry \(chain.head.seq) is not the one that the snapshot covers"))
  }

  /// Takes a line that no second look can mend.
  func tear(_ place: LinePlace, _ visitor: inout some LineVisitor) throws(JournalError) -> Bool {
    if resumption != nil {
      report(chain.giveUp(nil), place, &visitor)
    } else if case .void(let line) = chain.step(nil, hash: .zero, voided: { _ in }) {
      report(line, place, &visitor)
    }
    return true
  }

  /// Bytes that were only just written can look unfinished: they are read again, until they stand
  /// still, before the line is called torn.
  func readAgain(
    _ bytes: UnsafeRawBufferPointer, _ place: LinePlace, _ file: any SegmentFile,
    _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool {
    let end = place.offset + Int64(place.length)
    let isNearEnd = try file.size() - end < Int64(LineFormat.longestLine)
    guard isNearEnd, pausesLeft > 0, !isQuiet(file) else { return try tear(place, &visitor) }
    var last = unsafe [UInt8](bytes)
    for _ in 0..<20 {
      pausesLeft -= 1
      clock.pause(.milliseconds(1))
      let again = try file.bytes(at: place.offset, count: place.length)
      let fields = unsafe again.withUnsafeBytes { unsafe LineScanner.scan($0) }
      if let fields {
        return unsafe try again.withRawBytes { bytes throws(JournalError) in
          unsafe try take(fields, bytes, SHA256.digest(of: bytes), place, &visitor)
        }
      }
      if again == last { break }
      last = again
    }
    return try tear(place, &visitor)
  }

  /// Whether the last write is long past, so that no byte of it can still be on its way.
  private func isQuiet(_ file: any SegmentFile) -> Bool {
    guard let last = file.lastWrite() else { return false }
    return clock.now().microseconds - last.microseconds > 2_000_000
  }

  /// The segment ends here: a group that goes on never will.
  func endSegment(_ visitor: inout some LineVisitor) {
    var dropped: [VoidLine] = []
    chain.endSegment { dropped.append($0) }
    voidGroup(dropped, &visitor)
  }

  private func hand(
    _ entry: Entry, groupStart: Int64, _ visitor: inout some LineVisitor
  ) throws(JournalError) -> Bool {
    let line = entry.line
    return unsafe try line.withRawBytes { bytes throws(JournalError) in
      unsafe try visitor.accepted(
        AcceptedLine(
          bytes: bytes, fields: entry.fields, hash: entry.hash, place: entry.place,
          groupStart: groupStart))
    }
  }

  func voidGroup(_ lines: [VoidLine], _ visitor: inout some LineVisitor) {
    guard !lines.isEmpty else { return }
    for (index, line) in lines.enumerated() where index < group.count {
      report(line, group.place(at: index), &visitor)
    }
    group.removeAll()
  }

  private func report(_ line: VoidLine, _ place: LinePlace, _ visitor: inout some LineVisitor) {
    if let last = line.lastBeyondDoubt {
      note(
        Damage(
          lastBeyondDoubt: last, file: path(of: place.segment), offset: place.offset,
          cause: "a line there shows that entries which were vouched for are missing or altered"))
    } else if resumption == nil, line.kind == .torn || line.kind == .unchained {
      debris.add(place)
    }
    visitor.void(line, at: place)
  }

  /// As writers of this format begin what they say of a journal.
  private static let ownFormat = Array("{\"format\":\(LineFormat.version),".utf8)

  /// The first line says the format, so that a later one is never misread.
  private func checkFormat(_ first: Entry) throws(JournalError) {
    guard first.fields.engineType == .opened,
      first.data?.starts(with: Self.ownFormat) != true, let object = try? first.object(),
      let format = object["format"]?.int
    else { return }
    guard format <= Int64(LineFormat.version) else {
      throw JournalError(
        .newerFormat,
        "the journal is of format \(format); this program knows up to "
          + "\(LineFormat.version)",
        hint: "use a newer version of the program", file: path(of: 1), offset: 0, seq: 1)
    }
  }
}

extension Array where Element == UInt8 {
  /// `withUnsafeBytes` with typed errors.
  func withRawBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    let result: Result<R, E> = unsafe withUnsafeBytes { bytes in
      do throws(E) { return .success(unsafe try body(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }
}

extension SegmentFile {
  /// Reads a range of the file; fewer bytes only where it ends.
  package func bytes(at offset: Int64, count: Int) throws(JournalError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let result: Result<Int, JournalError> = unsafe bytes.withUnsafeMutableBytes { buffer in
        do throws(JournalError) {
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
          return .success(unsafe try self.read(into: rest, at: offset + Int64(filled)))
        } catch {
          return .failure(error)
        }
      }
      let got = try result.get()
      guard got > 0 else { break }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
