/// Writes lines byte for byte as the format says: members in their order, no blank.
package struct LineEncoder {
  /// What all lines of one write share.
  package struct Attempt {
    package let time: Timestamp
    package let durable: Int64
    package let nonce: UInt64
    // Written once for all lines.
    fileprivate let timeText: InlineArray<27, UInt8>

    package init(time: Timestamp, durable: Int64, nonce: UInt64) {
      self.time = time
      self.durable = durable
      self.nonce = nonce
      timeText = time.text
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
    var bytes = LineBytes(capacity: 256 + content.lengthHint)
    _ = write(
      type: content.type, subject: content.subject, by: content.by, id: content.id,
      data: content.data, more: content.more, time: content.time ?? attempt.time, seq: seq,
      prev: prev, attempt: attempt, to: &bytes)
    return bytes.array
  }

  /// Writes the line without its newline.
  ///
  /// - Returns: what the scanner finds in it, for the type is not empty and the data is an object:
  ///   nobody need scan what was just written.
  static func write(
    type: String, subject: String?, by: String?, id: String?, data: [UInt8]?, more: Bool,
    time: Timestamp, seq: Int64, prev: Digest, attempt: Attempt, to bytes: inout LineBytes
  ) -> ScannedLine {
    var fields = ScannedLine()
    fields.seq = seq
    fields.time = time
    fields.durable = attempt.durable
    fields.nonce = attempt.nonce
    fields.prev = prev
    fields.more = more
    fields.engineType = EngineType(named: type)

    let start = bytes.count
    bytes.put(#"{"seq":"#)
    bytes.put(seq)
    bytes.put(#","time":""#)
    bytes.put(time == attempt.time ? attempt.timeText : time.text)
    bytes.put(#"","type":"#)
    fields.type = string(type, start, to: &bytes)
    fields.subject = member(#","subject":"#, subject, start, to: &bytes)
    fields.by = member(#","by":"#, by, start, to: &bytes)
    fields.id = member(#","id":"#, id, start, to: &bytes)
    if let data {
      bytes.put(#","data":"#)
      let place = bytes.count - start
      bytes.put(data)
      fields.data = TextRange(place, place + data.count)
    }
    bytes.put(#","durable":"#)
    bytes.put(attempt.durable)
    bytes.put(#","nonce":""#)
    bytes.put(hex: attempt.nonce)
    bytes.put(more ? #"","more":true,"prev":""# : #"","prev":""#)
    bytes.put(prev)
    bytes.put(#""}"#)
    return fields
  }

  private static func string(
    _ text: String, _ start: Int, to bytes: inout LineBytes
  ) -> TextRange {
    let place = bytes.count - start
    bytes.putString(text)
    return TextRange(place, bytes.count - start)
  }

  private static func member(
    _ name: StaticString, _ value: String?, _ start: Int, to bytes: inout LineBytes
  ) -> TextRange? {
    guard let value else { return nil }
    bytes.put(name)
    return string(value, start, to: &bytes)
  }
}

extension LineEncoder.Content {
  var lengthHint: Int {
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
