/// Writes lines byte for byte as the format says: members in their order, no blank.
package struct LineEncoder {
  /// What all lines of one write share.
  package struct Attempt {
    package let time: Timestamp
    package let durable: Int64
    package let nonce: UInt64
    // Written once for all lines.
    fileprivate let timeMember: [UInt8]
    fileprivate let attemptMembers: [UInt8]

    package init(time: Timestamp, durable: Int64, nonce: UInt64) {
      self.time = time
      self.durable = durable
      self.nonce = nonce
      var bytes = Array(#","time":""#.utf8)
      time.write(into: &bytes)
      bytes.append(contentsOf: #"","type":"#.utf8)
      timeMember = bytes
      bytes = Array(#","durable":"#.utf8)
      JSONText.appendNumber(durable, to: &bytes)
      bytes.append(contentsOf: #","nonce":""#.utf8)
      Hex.append(nonce, to: &bytes)
      attemptMembers = bytes
    }
  }

  /// What one line says.
  package struct Content {
    package var type: String
    package var subject: String?
    package var by: String?
    package var id: String?
    /// A JSON object as text, already checked.
    package var data: [UInt8]?
    package var more = false
    /// When it happened; nil for the attempt's time.
    package var time: Timestamp?

    package init(
      type: String, subject: String? = nil, by: String? = nil, id: String? = nil,
      data: [UInt8]? = nil, more: Bool = false
    ) {
      self.type = type
      self.subject = subject
      self.by = by
      self.id = id
      self.data = data
      self.more = more
    }
  }

  /// The line without its newline.
  package static func line(
    _ content: Content, seq: Int64, prev: Digest, attempt: Attempt
  ) -> [UInt8] {
    encode(content, seq: seq, prev: prev, attempt: attempt).line
  }

  /// The line without its newline, and what the scanner finds in it, for the type is not empty and
  /// the data is an object: nobody need scan what was just written.
  package static func encode(
    _ content: Content, seq: Int64, prev: Digest, attempt: Attempt
  ) -> (line: [UInt8], fields: ScannedLine) {
    var fields = ScannedLine()
    fields.seq = seq
    let time = content.time ?? attempt.time
    fields.time = time
    fields.durable = attempt.durable
    fields.nonce = attempt.nonce
    fields.prev = prev
    fields.more = content.more
    fields.engineType = EngineType(named: content.type)

    var line: [UInt8] = []
    line.reserveCapacity(256 + content.lengthHint)
    put(#"{"seq":"#, to: &line)
    JSONText.appendNumber(seq, to: &line)
    if time == attempt.time {
      line.append(contentsOf: attempt.timeMember)
    } else {
      put(#","time":""#, to: &line)
      time.write(into: &line)
      put(#"","type":"#, to: &line)
    }
    fields.type = string(content.type, to: &line)
    fields.subject = member(#","subject":"#, content.subject, to: &line)
    fields.by = member(#","by":"#, content.by, to: &line)
    fields.id = member(#","id":"#, content.id, to: &line)
    if let data = content.data {
      put(#","data":"#, to: &line)
      fields.data = TextRange(line.count, line.count + data.count)
      line.append(contentsOf: data)
    }
    line.append(contentsOf: attempt.attemptMembers)
    put(content.more ? #"","more":true,"prev":""# : #"","prev":""#, to: &line)
    prev.write(into: &line)
    put(#""}"#, to: &line)
    return (line, fields)
  }

  private static func put(_ text: StaticString, to line: inout [UInt8]) {
    unsafe line.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private static func string(_ text: String, to line: inout [UInt8]) -> TextRange {
    let start = line.count
    JSONText.appendString(text, to: &line)
    return TextRange(start, line.count)
  }

  private static func member(
    _ name: StaticString, _ value: String?, to line: inout [UInt8]
  ) -> TextRange? {
    guard let value else { return nil }
    put(name, to: &line)
    return string(value, to: &line)
  }
}

extension LineEncoder.Content {
  fileprivate var lengthHint: Int {
    type.utf8.count + (subject?.utf8.count ?? 0) + (by?.utf8.count ?? 0) + (id?.utf8.count ?? 0)
      + (data?.count ?? 0)
  }
}

extension EngineType {
  /// The type of a name; nil where it is an application's.
  init?(named name: String) {
    // All of them begin so: most types are an application's.
    guard name.utf8.first == UInt8(ascii: "j") else { return nil }
    self.init(rawValue: name)
  }
}
