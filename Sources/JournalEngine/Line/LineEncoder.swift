/// Writes lines byte for byte as the format says: members in their order, no blank.
package struct LineEncoder {
  /// What all lines of one write share.
  package struct Attempt {
    package let time: Timestamp
    package let durable: Int64
    package let nonce: UInt64

    package init(time: Timestamp, durable: Int64, nonce: UInt64) {
      self.time = time
      self.durable = durable
      self.nonce = nonce
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
    var line: [UInt8] = []
    line.reserveCapacity(280 + (content.data?.count ?? 0))
    put(#"{"seq":"#, to: &line)
    put(String(seq), to: &line)
    put(#","time":""#, to: &line)
    attempt.time.write(into: &line)
    put(#"","type":"#, to: &line)
    JSONText.appendString(content.type, to: &line)
    member(#","subject":"#, content.subject, to: &line)
    member(#","by":"#, content.by, to: &line)
    member(#","id":"#, content.id, to: &line)
    if let data = content.data {
      put(#","data":"#, to: &line)
      line.append(contentsOf: data)
    }
    put(#","durable":"#, to: &line)
    put(String(attempt.durable), to: &line)
    put(#","nonce":""#, to: &line)
    Hex.append(attempt.nonce, to: &line)
    put(content.more ? #"","more":true,"prev":""# : #"","prev":""#, to: &line)
    prev.write(into: &line)
    put(#""}"#, to: &line)
    return line
  }

  private static func put(_ text: String, to line: inout [UInt8]) {
    line.append(contentsOf: text.utf8)
  }

  private static func member(_ name: String, _ value: String?, to line: inout [UInt8]) {
    guard let value else { return }
    put(name, to: &line)
    JSONText.appendString(value, to: &line)
  }
}
