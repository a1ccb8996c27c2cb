extension JournalWalk {
  /// A walk that begins with a line as if all before it were known; nil where the line does not
  /// stand there.
  ///
  /// Repairs are not looked for: one that stands on the way ends the walk with `repaired`.
  convenience init?(
    _ folder: any JournalFolder, name: JournalName, clock: any WallClock, from line: LineStart
  ) throws(JournalError) {
    // Before the file is opened: whatever stands in the folder covers no more than that holds.
    let listing = try JournalListing(folder)
    guard line.offset >= 0, (1...LineFormat.highestJump).contains(line.seq),
      let file = try folder.openForReading(SegmentName.file(firstSeq: line.segment)),
      let prev = try line.prev(in: file)
    else { return nil }
    let start = WalkStart(
      listing: listing, repairs: Repairs(),
      head: Head(seq: line.seq - 1, hash: prev), time: .earliest,
      place: LinePlace(segment: line.segment, offset: line.offset - 1, length: 0),
      file: file, isSealed: false)
    self.init(folder, name: name, clock: clock, from: start)
  }
}

extension LineStart {
  /// What the line says of the one before it.
  fileprivate func prev(in file: any SegmentFile) throws(JournalError) -> Digest? {
    guard try offset < file.size() else { return nil }
    var prev: Digest?
    var reader = SegmentReader(offset: offset)
    _ = unsafe try reader.read(file) { piece throws(JournalError) in
      if case .line(let bytes, _) = unsafe piece,
        let fields = unsafe LineScanner.scan(bytes), fields.seq == seq
      {
        prev = fields.prev
      }
      return false
    }
    return prev
  }
}
