/// Idempotency keys in tables. Of such a record, the span's first `seq` is that of the group that the
/// key stands on; its segment and offset, its last `seq` and its check are those of the line that
/// carries the key, the group's last.
extension SettledRecords {
  /// What was recorded under a key.
  ///
  /// - Parameter oldest: the number of the first key that counts.
  /// - Throws: ``JournalError``, where neither the tables nor the journal can be read.
  func key<P: Projection>(
    _ id: String, from oldest: Int, _ type: P.Type
  ) throws(JournalError) -> IdempotencyKeys.Record? {
    guard let source else {
      throw .tableUnusable("", "the tables of idempotency keys were not opened")
    }
    while true {
      let known = source.tables
      do throws(JournalError) {
        for number in try numbers(of: id, from: oldest) {
          if let record = try record(number, of: id, source) { return record }
        }
        return nil
      } catch {
        guard error.code == .tableUnusable else { throw error }
        if try source.lookAnew(insteadOf: known, from: oldest) { continue }
        // The replay may have seen more than whoever asks, and remember less or more.
        let keys = try source.replayKeys(P.self)
        guard let record = keys[id], record.last <= last(of: known),
          !keys.areNumbered || record.number >= oldest
        else { return nil }
        return record
      }
    }
  }

  /// The last entry that tables need.
  private func last(of tables: KnownTables) -> Int64 { tables.names.map(\.last).max() ?? 0 }

  /// The record of a number, as its line tells it; nil where the line carries another key.
  private func record(
    _ number: Int, of id: String, _ source: TableSource
  ) throws(JournalError) -> IdempotencyKeys.Record? {
    let span = try span(number).span
    let place = span.first
    guard span.last > 0, (1...span.last).contains(place.seq), place.offset >= 0,
      let file = try source.folder().openForReading(SegmentName.file(firstSeq: place.segment)),
      place.offset < (try file.size()), let line = try file.line(at: place.offset)
    else { throw source.unusable(nil, "no line stands where it says") }
    let hash = Digest(of: line)
    guard hash.a == span.check,
      let fields = unsafe line.withUnsafeBytes({ unsafe LineScanner.scan($0) }),
      fields.seq == span.last
    else { throw source.unusable(nil, "another line stands where it says") }
    let entry = Entry(
      line: line, fields: fields, hash: hash,
      place: LinePlace(segment: place.segment, offset: place.offset, length: line.count))
    guard entry.id.map({ JSONKey(text: $0) }) == JSONKey(text: id) else { return nil }
    return IdempotencyKeys.Record(
      first: place.seq, last: span.last, type: entry.type, subject: entry.subject,
      number: number)
  }
}

extension SegmentFile {
  /// The line that begins at a place, without its newline; nil where none ends behind it.
  fileprivate func line(at offset: Int64) throws(JournalError) -> [UInt8]? {
    for count in [4096, LineFormat.longestLine] {
      let bytes = try bytes(at: offset, count: count)
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) { return Array(bytes[..<end]) }
      if bytes.count < count { return nil }
    }
    return nil
  }
}
