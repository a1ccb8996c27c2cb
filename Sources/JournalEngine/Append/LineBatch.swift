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
    let bytes = data.isEmpty ? nil : data.bytes
    var group = newGroup(count: 1, size: bytes?.count ?? 0)
    let made: Void? = try? group.add(
      type: type.rawValue, subject: nil, by: nil, id: nil, data: bytes, time: time, more: false)
    if made != nil { add(finish(group)) }
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

  /// Begins an atomic group, chained on what is in the batch.
  ///
  /// - Parameters:
  ///   - count: how many lines it will have.
  ///   - size: about how many bytes they will have beside what is the same in all lines.
  func newGroup(count: Int, size: Int) -> LineGroup {
    LineGroup(on: head, time: time, attempt: attempt, count: count, size: size)
  }

  /// The group's lines, for the batch as it is.
  func finish(_ group: consuming LineGroup) -> Group {
    group.finish(segment: segment, offset: offset + Int64(bytes.count))
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

extension JSONObject {
  /// The object as text in UTF-8.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    JSON.object(self).write(into: &bytes)
    return bytes
  }
}
