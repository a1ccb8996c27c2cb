/// The lines of one write, chained on a head: of several requests, each its own group.
struct LineBatch {
  /// What the batch is chained on.
  let base: Head
  private(set) var bytes: [UInt8] = []
  private(set) var head: Head
  /// All lines, in order.
  private(set) var entries: [Entry] = []
  let attempt: LineEncoder.Attempt
  /// Where its first line will stand, if nobody comes between.
  let segment: Int64
  let offset: Int64
  /// The last line's time.
  private var time: Timestamp

  /// - Parameters:
  ///   - offset: where the first line will begin if nobody comes between.
  ///   - time: of the head; no line is older.
  ///   - opening: the journal's name, where the batch begins it.
  ///   - openedAt: when that was; nil where it is as it is recorded.
  init(
    on head: Head, segment: Int64, offset: Int64, attempt: LineEncoder.Attempt,
    time: Timestamp = .earliest, opening: JournalName?, openedAt: Timestamp? = nil
  ) {
    base = head
    self.head = head
    self.segment = segment
    self.offset = offset
    self.attempt = attempt
    self.time = time
    if let opening {
      add(
        .opened,
        ["format": .number(JSONNumber(LineFormat.version)), "journal": .string(opening.text)],
        time: openedAt)
    }
  }

  /// Adds a line of the engine's own.
  mutating func add(
    _ type: EngineType, _ data: JSONObject = JSONObject(), time: Timestamp? = nil
  ) {
    var content = LineEncoder.Content(type: type.rawValue, data: data.isEmpty ? nil : data.bytes)
    content.time = time
    if let group = try? make([content]) { add(group) }
  }

  /// Where the batch ends in its segment if nobody comes between.
  var end: Int64 { offset + Int64(bytes.count) }

  /// Whether the next request had better wait for another write.
  var isFull: Bool { bytes.count >= 4 << 20 }

  /// The lines of one atomic group, and their bytes with the newlines, which all of them share.
  struct Group {
    let bytes: [UInt8]
    let entries: [Entry]
  }

  /// The lines of one atomic group, chained on what is in the batch.
  ///
  /// - Throws: `invalidEvent` where a line is too long or has no number left.
  func make(_ group: [LineEncoder.Content]) throws(JournalError) -> Group {
    var made: [(fields: ScannedLine, hash: Digest, range: Range<Int>)] = []
    made.reserveCapacity(group.count)
    var written = LineBytes(capacity: group.reduce(0) { $0 + 288 + $1.lengthHint })
    var link = head
    var last = time
    for (index, content) in group.enumerated() {
      guard link.seq < .max else {
        throw JournalError(
          .invalidEvent, "the \(content.type) event does not make a line",
          hint: "the limits of the format are reached; begin a new journal")
      }
      var content = content
      content.more = index < group.count - 1
      last = max(last, content.time ?? attempt.time)
      content.time = last
      let start = written.count
      let fields = LineEncoder.write(
        content, seq: link.seq + 1, prev: link.hash, attempt: attempt, to: &written)
      let range = start..<written.count
      guard range.count < LineFormat.longestLine else {
        throw JournalError(
          .invalidEvent,
          "the \(content.type) event makes a line of \(range.count + 1) bytes; "
            + "\(LineFormat.longestLine) are allowed",
          hint: "record it in parts, or keep the bulk elsewhere and its SHA-256 here")
      }
      let hash = unsafe written.withBytes(range) { unsafe SHA256.digest(of: $0) }
      written.put(UInt8(ascii: "\n"))
      made.append((fields, hash, range))
      link = Head(seq: link.seq + 1, hash: hash)
    }
    let bytes = written.array
    let at = offset + Int64(self.bytes.count)
    let entries = made.map { line in
      let place = LinePlace(
        segment: segment, offset: at + Int64(line.range.lowerBound), length: line.range.count)
      return Entry(sharing: bytes, line.range, fields: line.fields, hash: line.hash, place: place)
    }
    return Group(bytes: bytes, entries: entries)
  }

  /// Adds lines that were made on the batch as it is.
  mutating func add(_ group: Group) {
    guard let last = group.entries.last else { return }
    head = Head(seq: last.seq, hash: last.hash)
    time = last.time
    // Of most batches it is the only one.
    if entries.isEmpty {
      bytes = group.bytes
      entries = group.entries
    } else {
      bytes += group.bytes
      entries += group.entries
    }
  }

  /// Whether a cut after so many bytes leaves a line without its newline only.
  func endsLine(at count: Int) -> Bool {
    count > 0 && count < bytes.count && bytes[count] == UInt8(ascii: "\n")
  }
}

extension LineEncoder.Content {
  /// What an event says, checked.
  init(_ text: RecordedText, by: String?, id: String?) throws(JournalError) {
    guard !text.type.isEmpty, EngineType(named: text.type) == nil else {
      throw JournalError(
        .invalidEvent,
        text.type.isEmpty
          ? "an event has no type" : "the type \(text.type) is the engine's own",
        hint: "name what happened, in the past tense: session.started")
    }
    self.init(type: text.type, subject: text.subject, by: by, id: id, data: text.data)
  }
}

extension JSONObject {
  /// The object as text in UTF-8.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    JSON.object(self).write(into: &bytes)
    return bytes
  }
}
