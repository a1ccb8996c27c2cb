/// Makes the lines of one atomic group, each chained on the one before it.
struct LineGroup: ~Copyable {
  /// What is known of a line once it is written.
  private struct Made {
    let fields: ScannedLine
    let hash: Digest
    let range: Range<Int>
  }

  private var written: LineBytes
  private var made: [Made] = []
  private var link: Head
  /// The last line's time.
  private var time: Timestamp
  private let attempt: LineEncoder.Attempt

  /// - Parameters:
  ///   - head: what it is chained on.
  ///   - time: no line is older.
  ///   - count: how many lines there will be.
  ///   - size: about how many bytes they will have beside what is the same in all lines.
  init(
    on head: Head, time: Timestamp, attempt: LineEncoder.Attempt, count: Int, size: Int
  ) {
    link = head
    self.time = time
    self.attempt = attempt
    written = LineBytes(capacity: 288 * count + size)
    made.reserveCapacity(count)
  }

  /// Adds an application's event.
  ///
  /// - Throws: `invalidEvent` where the line is too long or has no number left, or the event has a
  ///   type that none may have.
  mutating func add(
    _ text: RecordedText, by: String?, id: String?, time: Timestamp?, more: Bool
  ) throws(JournalError) {
    try text.checkType()
    try add(
      type: text.type, subject: text.subject, by: by, id: id, data: text.data, time: time,
      more: more)
  }

  /// Adds a line.
  ///
  /// - Throws: `invalidEvent` where it is too long or has no number left.
  mutating func add(
    type: String, subject: String?, by: String?, id: String?, data: [UInt8]?, time: Timestamp?,
    more: Bool
  ) throws(JournalError) {
    guard link.seq < .max else {
      throw JournalError(
        .invalidEvent, "the \(type) event does not make a line",
        hint: "the limits of the format are reached; begin a new journal")
    }
    self.time = max(self.time, time ?? attempt.time)
    let start = written.count
    let fields = LineEncoder.write(
      type: type, subject: subject, by: by, id: id, data: data, more: more, time: self.time,
      seq: link.seq + 1, prev: link.hash, attempt: attempt, to: &written)
    let range = start..<written.count
    guard range.count < LineFormat.longestLine else {
      throw JournalError(
        .invalidEvent,
        "the \(type) event makes a line of \(range.count + 1) bytes; "
          + "\(LineFormat.longestLine) are allowed",
        hint: "record it in parts, or keep the bulk elsewhere and its SHA-256 here")
    }
    let hash = unsafe written.withBytes(range) { unsafe SHA256.digest(of: $0) }
    written.put(UInt8(ascii: "\n"))
    made.append(Made(fields: fields, hash: hash, range: range))
    link = Head(seq: link.seq + 1, hash: hash)
  }

  /// The lines as entries that stand in a segment from an offset on.
  consuming func finish(segment: Int64, offset: Int64) -> LineBatch.Group {
    let bytes = written.array
    var entries: [Entry] = []
    entries.reserveCapacity(made.count)
    for line in made {
      let place = LinePlace(
        segment: segment, offset: offset + Int64(line.range.lowerBound), length: line.range.count)
      entries.append(
        Entry(sharing: bytes, line.range, fields: line.fields, hash: line.hash, place: place))
    }
    return LineBatch.Group(bytes: bytes, entries: entries)
  }
}

extension RecordedText {
  /// Refuses a type that no application's event may have.
  fileprivate func checkType() throws(JournalError) {
    guard !type.isEmpty, EngineType(named: type) == nil else {
      throw JournalError(
        .invalidEvent,
        type.isEmpty ? "an event has no type" : "the type \(type) is the engine's own",
        hint: "name what happened, in the past tense: session.started")
    }
  }
}
