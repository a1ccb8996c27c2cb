/// One line of a journal: what was recorded, by whom, when, and where it stands.
///
/// An entry keeps the very bytes of its line. Its texts are made when they are asked for. Entries
/// that were read together may share the memory of their lines, some 100 KiB, which is freed with
/// the last of them.
public struct Entry: Sendable {
  /// Position among the accepted lines, from 1, without gaps.
  public let seq: Int64
  /// When it was recorded; never earlier than the entry before it.
  public let time: Timestamp
  /// SHA-256 of the line without its newline: what the next line's `prev` says.
  public let hash: Digest
  /// Where the line stands on disk.
  public let place: LinePlace
  let fields: ScannedLine
  /// What the line stands in, and where.
  private let bytes: [UInt8]
  private let range: TextRange

  package init(_ line: UnsafeRawBufferPointer, fields: ScannedLine, hash: Digest, place: LinePlace)
  {
    self.init(line: unsafe [UInt8](line), fields: fields, hash: hash, place: place)
  }

  package init(line: [UInt8], fields: ScannedLine, hash: Digest, place: LinePlace) {
    self.init(in: line, at: 0..<line.count, fields: fields, hash: hash, place: place)
  }

  /// - Parameters:
  ///   - bytes: hold the line among others; kept as long as the entry is.
  ///   - range: where.
  init(
    sharing bytes: [UInt8], _ range: Range<Int>, fields: ScannedLine, hash: Digest,
    place: LinePlace
  ) {
    if range.upperBound <= Int32.max {
      self.init(in: bytes, at: range, fields: fields, hash: hash, place: place)
    } else {
      self.init(line: Array(bytes[range]), fields: fields, hash: hash, place: place)
    }
  }

  private init(
    in bytes: [UInt8], at range: Range<Int>, fields: ScannedLine, hash: Digest, place: LinePlace
  ) {
    seq = fields.seq
    time = fields.time
    self.hash = hash
    self.place = place
    self.bytes = bytes
    self.range = TextRange(range.lowerBound, range.upperBound)
    self.fields = fields
  }

  /// The same line at another place.
  func standing(at place: LinePlace) -> Entry {
    Entry(in: bytes, at: range.range, fields: fields, hash: hash, place: place)
  }

  /// The line, byte for byte, without its newline.
  public var line: [UInt8] {
    range.range == bytes.indices ? bytes : Array(bytes[range.range])
  }

  /// Lends the line's bytes to a closure.
  @inline(__always)
  package func withLine<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe body(UnsafeRawBufferPointer(rebasing: bytes[range.range]))
    }
  }

  /// What happened, in the past tense: `session.started`.
  public var type: String { text(fields.type) }
  /// What it is about; nil where the line does not say.
  public var subject: String? { fields.subject.map(text) }
  /// Who or what recorded it.
  public var by: String? { fields.by.map(text) }
  /// The caller's idempotency key.
  public var id: String? { fields.id.map(text) }
  /// The highest `seq` that the writer knew to be on stable storage.
  public var durable: Int64 { fields.durable }
  /// The hash of the line before it in the chain.
  public var prev: Digest { fields.prev }
  /// Whether its atomic group goes on with the next line.
  public var more: Bool { fields.more }

  /// The event's own fields as JSON text, an object; nil where the line has none.
  public var data: ArraySlice<UInt8>? {
    fields.data.map { data in
      bytes[Int(range.lower) + Int(data.lower)..<Int(range.lower) + Int(data.upper)]
    }
  }

  /// The event's own fields, numbers with their exact text; empty where the line has none.
  ///
  /// - Throws: ``JSONError`` where the object nests deeper than `limits.depth`, or names a member
  ///   twice below the top level: both are legal in a line, and neither can be a value.
  public func object(limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONObject {
    guard let place = fields.data else { return JSONObject() }
    let result: Result<JSON, JSONError> = unsafe withLine { bytes in
      let inside = unsafe UnsafeRawBufferPointer(rebasing: bytes[place.range])
      do throws(JSONError) {
        return .success(try unsafe JSON(parsing: inside, limits: limits))
      } catch {
        return .failure(error)
      }
    }
    return try result.get().object ?? JSONObject()
  }

  /// Whether the entry's type is `type`, without making a text of it.
  public func isType(_ type: String) -> Bool {
    unsafe withLine { bytes in
      unsafe JSONGrammar.equals(bytes, string: fields.type.range, text: type)
    }
  }

  /// Whether the engine wrote it (`journal.opened` and its like), not an application.
  public var isEngines: Bool { fields.engineType != nil }

  private func text(_ place: TextRange) -> String {
    unsafe withLine { unsafe JSONGrammar.unescape($0, string: place.range) }
  }
}
