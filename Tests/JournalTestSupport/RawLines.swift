package import JournalEngine

/// Builds a segment line by line, by hand: what writers do, and what they never do.
package struct RawLines {
  /// The bytes so far, newlines included.
  package private(set) var bytes: [UInt8] = []
  /// The last line that was added as one that counts.
  package private(set) var head: Head
  private var nonce: UInt64 = 0xA000

  /// - Parameter head: what the first line chains on.
  package init(on head: Head = .none) { self.head = head }

  /// One line without its newline.
  package static func line(
    _ type: String = Tally.type, seq: Int64, prev: Digest, durable: Int64 = 0,
    nonce: UInt64 = 0x1234_5678_9abc_def0, more: Bool = false, subject: String? = nil,
    id: String? = nil, data: String? = nil, time: Timestamp = RawLines.time
  ) -> [UInt8] {
    LineEncoder.line(
      LineEncoder.Content(
        type: type, subject: subject, by: nil, id: id, data: data.map { [UInt8]($0.utf8) },
        more: more),
      seq: seq, prev: prev,
      attempt: LineEncoder.Attempt(time: time, durable: durable, nonce: nonce))
  }

  package static let time = Timestamp(microseconds: 1_759_320_000_000_000)

  /// Adds a line that counts, and returns the new head.
  @discardableResult
  package mutating func add(
    _ type: String = Tally.type, tag: String? = nil, durable: Int64 = 0, more: Bool = false,
    id: String? = nil, data: String? = nil, time: Timestamp = RawLines.time
  ) -> Head {
    nonce += 1
    let line = Self.line(
      type, seq: head.seq + 1, prev: head.hash, durable: durable, nonce: nonce, more: more, id: id,
      data: data ?? tag.map { #"{"tag":"\#($0)"}"# }, time: time)
    head = Head(seq: head.seq + 1, hash: SHA256.digest(of: line))
    put(line)
    return head
  }

  /// Adds the first line of a journal.
  @discardableResult
  package mutating func open(_ name: String, format: Int = 1) -> Head {
    add("journal.opened", data: #"{"format":\#(format),"journal":"\#(name)"}"#)
  }

  /// Adds a seal that counts.
  @discardableResult
  package mutating func seal(durable: Int64 = 0) -> Head {
    add("journal.sealed", durable: durable)
  }

  /// Adds a line that does not change the head, with its newline.
  package mutating func put(_ line: [UInt8]) {
    bytes += line
    bytes.append(UInt8(ascii: "\n"))
  }

  package mutating func put(_ text: String) { put([UInt8](text.utf8)) }

  /// Adds bytes as they are.
  package mutating func putRaw(_ text: String) { bytes += text.utf8 }
}
