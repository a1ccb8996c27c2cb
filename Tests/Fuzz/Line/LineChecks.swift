import JournalEngine
internal import JournalTestSupport

/// What must hold of the scanner of lines, whatever the bytes of the lines.
enum LineChecks {
  static func check(_ bytes: [UInt8]) throws {
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      try check(line: Array(line))
    }
  }

  private static func check(line: [UInt8]) throws {
    let fields = withExactCopy(line) { LineScanner.scan($0) }
    let reference = ReferenceLine.read(line)
    guard let fields, let reference else {
      try Violation.unless(fields == nil, "a line that is not well formed is accepted")
      try Violation.unless(reference == nil, "a line that is well formed is refused")
      return
    }
    let entry = Entry(
      line: line, fields: fields, hash: SHA256.digest(of: line),
      place: LinePlace(segment: 1, offset: 0, length: line.count))
    try same(entry, fields, reference)
    try encodesBack(entry, fields)
  }

  private static func same(
    _ entry: Entry, _ fields: ScannedLine, _ reference: ReferenceLine
  ) throws {
    let isSame =
      entry.seq == reference.seq && entry.durable == reference.durable
      && entry.time.description == reference.time && entry.prev.description == reference.prev
      && entry.more == reference.more && UInt64(reference.nonce, radix: 16) == fields.nonce
      && fields.isSeal == (reference.type == "journal.sealed")
      && spelled(entry.type, reference.type) && spelled(entry.subject, reference.subject)
      && spelled(entry.by, reference.by) && spelled(entry.id, reference.id)
      && entry.data.map { Array($0) } == reference.data
    try Violation.unless(isSame, "the line is read as something else")
    try Violation.unless(entry.isType(reference.type), "the type is not itself")
    try Violation.unless(!entry.isType(reference.type + "x"), "the type is another")

    // What the line may hold and a value may not: depth, and names that stand twice.
    let data = reference.data.map { (try? JSON(parsing: $0))?.object } ?? .some(JSONObject())
    try Violation.unless((try? entry.object()) == data, "the data is read as something else")
  }

  /// Byte by byte: `==` of strings takes more than one spelling for the same.
  private static func spelled(_ a: String?, _ b: String?) -> Bool {
    a.map { Array($0.utf8) } == b.map { Array($0.utf8) }
  }

  /// A line that says the same is well formed too, and says the same.
  private static func encodesBack(_ entry: Entry, _ fields: ScannedLine) throws {
    let line = LineEncoder.line(
      LineEncoder.Content(
        type: entry.type, subject: entry.subject, by: entry.by, id: entry.id,
        data: entry.data.map { Array($0) }, more: entry.more),
      seq: entry.seq, prev: entry.prev,
      attempt: LineEncoder.Attempt(time: entry.time, durable: entry.durable, nonce: fields.nonce))
    // Escapes that were spelled short may need more room: then it is too long, and rightly torn.
    guard line.count < LineFormat.longestLine else { return }
    let again = withExactCopy(line) { LineScanner.scan($0) }
    guard let again else { throw Violation("a line that is written is torn") }
    let other = Entry(line: line, fields: again, hash: entry.hash, place: entry.place)
    let isSame =
      other.seq == entry.seq && other.time == entry.time && other.durable == entry.durable
      && other.prev == entry.prev && other.more == entry.more && again.nonce == fields.nonce
      && again.isSeal == fields.isSeal && spelled(other.type, entry.type)
      && spelled(other.subject, entry.subject) && spelled(other.by, entry.by)
      && spelled(other.id, entry.id) && other.data == entry.data
    try Violation.unless(isSame, "a line that is written says something else")
  }
}
