/// An event as a line holds it: its type, what it is about, and its fields, before or after they
/// become a value of the application's own type.
public struct RecordedEvent: Sendable, Hashable {
  /// In the past tense: `session.started`. Where the meaning of a type's fields changes, the new
  /// form gets a type of its own (`session.started.v2`), and the projection upcasts the old.
  public var type: String
  /// What it is about, for example an id; nil where the journal as a whole is meant.
  public var subject: String?
  /// Its own fields; numbers keep their exact text.
  public var data: JSONObject

  public init(type: String, subject: String? = nil, data: JSONObject = JSONObject()) {
    self.type = type
    self.subject = subject
    self.data = data
  }

  /// The event that an entry holds.
  ///
  /// - Throws: ``JSONError`` where the entry's data nests too deep or names a member twice.
  public init(_ entry: Entry) throws(JSONError) {
    self.init(type: entry.type, subject: entry.subject, data: try entry.object())
  }
}
