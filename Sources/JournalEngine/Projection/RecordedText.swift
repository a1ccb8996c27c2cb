/// An event as its line holds it: its type, what it is about, and its fields as the text of a JSON
/// object.
public struct RecordedText: Sendable {
  /// In the past tense: `session.started`.
  public let type: String
  /// What it is about; nil where the journal as a whole is meant.
  public let subject: String?
  /// The fields as text in UTF-8, a JSON object; nil where there are none.
  public let data: [UInt8]?
  /// Whether ``Projection/event(of:)`` gives back this very event: then it is applied as it is, and
  /// not read from its line first.
  public let readsBackEqual: Bool

  /// Takes text that the caller has written.
  ///
  /// - Parameters:
  ///   - data: one JSON object (RFC 8259) without line feeds, no name twice in any object, nested at
  ///     most 128 levels.
  ///   - readsBackEqual: see ``readsBackEqual``.
  /// - Throws: ``JournalError`` `invalidEvent` where that is no JSON object, holds a line feed, or nests
  ///   too deep to be read back.
  ///
  /// Cost: two passes over the text.
  public init(
    type: String, subject: String? = nil, data: [UInt8]?, readsBackEqual: Bool = false
  ) throws(JournalError) {
    if let data {
      let isObject = unsafe data.withUnsafeBytes { bytes in
        unsafe bytes.first == JSONByte.openObject
          && JSONGrammar.endOfValue(bytes, from: 0) == bytes.count
          && !bytes.contains(JSONByte.newline)
          && JSONGrammar.depth(bytes) <= JSONLimits().depth
      }
      guard isObject else {
        throw JournalError(
          .invalidEvent,
          "the fields of the \(type) event are no JSON object on one line, of at most "
            + "\(JSONLimits().depth) levels",
          hint: "the projection is to write them as JSON")
      }
    }
    self.type = type
    self.subject = subject
    self.data = data
    self.readsBackEqual = readsBackEqual
  }

  /// Takes text of our own modules that is known to be a JSON object on one line, and to read back as
  /// the event.
  package init(type: String, subject: String?, known data: [UInt8]?) {
    self.type = type
    self.subject = subject
    self.data = data
    readsBackEqual = true
  }

  /// Writes an event's fields.
  ///
  /// - Throws: ``JournalError`` `invalidEvent` where they nest too deep to be read back.
  public init(
    _ event: RecordedEvent, limits: JSONLimits = JSONLimits()
  ) throws(JournalError) {
    guard !JSON.object(event.data).nests(deeperThan: limits.depth) else {
      throw JournalError(
        .invalidEvent,
        "the fields of the \(event.type) event nest deeper than \(limits.depth) levels",
        hint: "record something flatter")
    }
    type = event.type
    subject = event.subject
    data = event.data.isEmpty ? nil : event.data.bytes
    readsBackEqual = false
  }
}

extension JSON {
  /// Whether arrays and objects stand within one another more than so many times.
  package func nests(deeperThan depth: Int) -> Bool {
    switch self {
    case .array(let elements):
      depth == 0 || elements.contains { $0.nests(deeperThan: depth - 1) }
    case .object(let members):
      depth == 0 || members.contains { $0.value.nests(deeperThan: depth - 1) }
    default: false
    }
  }
}
