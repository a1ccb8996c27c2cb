/// A state that is built from a journal, one entry after the other.
///
/// A projection is a value. ``apply(_:from:)`` must give the same state for the same entries,
/// whenever and wherever it runs: no clock, no randomness, no I/O. Copies of a state are made
/// before each append, so keep large states in collections that share storage when copied.
///
/// Where `Event` is `Codable`, ``encode(_:)`` and ``decode(_:)`` come by themselves.
public protocol Projection: Sendable {
  associatedtype Event: Sendable

  /// A short name, for snapshots and messages: 1 to 100 ASCII letters, digits, `-` and `_`, where there
  /// are to be snapshots.
  static var name: String { get }

  /// Raised whenever the same entries give another state than before.
  static var version: Int { get }

  /// The state before the first entry.
  init()

  /// The state before an entry in the middle of a journal: what later entries say of things that began
  /// before it is passed over there, where ``init()`` would refuse it. Only what is made by entries
  /// from there on is ever asked of such a state.
  static func partial() -> Self

  /// Takes one event into the state. An error refuses it: when it comes from this program it is
  /// not recorded, and when it is found in a journal the journal cannot be read by this projection.
  mutating func apply(_ event: Event, from entry: Entry) throws

  /// What is recorded for an event.
  static func encode(_ event: Event) throws -> RecordedEvent

  /// The event that was recorded, or nil for a type that this projection does not know: such
  /// entries are kept in the journal and skipped here.
  static func decode(_ recorded: RecordedEvent) throws -> Event?

  /// What a line says of an event, as text. By default it is what ``encode(_:)`` gives; a projection
  /// that writes the text itself spares the making of a ``JSONObject``. It must be the same text.
  static func text(of event: Event) throws -> RecordedText

  /// The event of an entry, or nil as from ``decode(_:)``. By default the entry's fields are read,
  /// upcast and decoded; a projection that reads them from the entry's bytes itself spares that. It
  /// must give the same event.
  static func event(of entry: Entry) throws -> Event?

  /// Takes an entry into the state. Those of the engine and of unknown types change nothing.
  ///
  /// The default is all there is to say: ``event(of:)``, then ``apply(_:from:)``. It is a requirement
  /// so that it is compiled for each projection's own types, wherever that is.
  mutating func fold(_ entry: Entry) throws

  /// The whole state as JSON, for a snapshot; nil where there is to be none. Equal states give
  /// equal JSON.
  func snapshot() throws -> JSON?

  /// The state that a snapshot holds: exactly the one that ``snapshot()`` was called on.
  ///
  /// - Parameter version: of the projection that wrote it; never above ``version``. Another one
  ///   than ``version`` is read only where the entries themselves were dropped by pruning.
  init(snapshot: JSON, version: Int) throws

  /// The records of the state that will never change again, in the order in which they began, up
  /// to the first that may still change. A compaction writes them to a table, once, so that no
  /// snapshot need carry them all; none, where there are no such records.
  ///
  /// Each is made by the entries of its span: folded into a ``partial()`` state, these give it.
  func finalRecords() -> [SettledRecord]

  /// How many records have left the state: ``snapshot()`` leaves them out and keeps this number.
  var settledCount: Int { get }

  /// Takes the oldest of ``finalRecords()`` out of the state, until it holds only those behind the
  /// first `records.count` that there ever were, and keeps `records` to look the others up in.
  mutating func settle(_ records: SettledRecords)

  /// Brings an event of an older schema version to the form of today, before it is decoded.
  static func upcast(_ recorded: RecordedEvent) throws -> RecordedEvent
}

extension Projection {
  public static var version: Int { 1 }

  public func snapshot() -> JSON? { nil }

  public init(snapshot: JSON, version: Int) throws {
    throw JournalError(
      .undecodable, "the projection \(Self.name) reads no snapshots",
      hint: "give it init(snapshot:version:)")
  }

  public func finalRecords() -> [SettledRecord] { [] }

  public var settledCount: Int { 0 }

  public mutating func settle(_ records: SettledRecords) {}

  public static func partial() -> Self { Self() }

  public static func upcast(_ recorded: RecordedEvent) -> RecordedEvent { recorded }

  public static func text(of event: Event) throws -> RecordedText {
    try RecordedText(encode(event))
  }

  public static func event(of entry: Entry) throws -> Event? { try decoded(entry) }

  /// The event of an entry by way of ``RecordedEvent``, ``upcast(_:)`` and ``decode(_:)``: what
  /// ``event(of:)`` does where a projection has no shorter way.
  public static func decoded(_ entry: Entry) throws -> Event? {
    let recorded: RecordedEvent
    do throws(JSONError) {
      recorded = try RecordedEvent(entry)
    } catch {
      // Fields that are no value are nothing to a projection that does not know the type.
      guard knows(entry) else { return nil }
      throw error
    }
    return try decode(upcast(recorded))
  }

  @inlinable
  public mutating func fold(_ entry: Entry) throws {
    guard !entry.isEngines, let event = try Self.event(of: entry) else { return }
    try apply(event, from: entry)
  }

  /// Whether entries of this type are decoded at all, whatever their fields.
  private static func knows(_ entry: Entry) -> Bool {
    do {
      let bare = RecordedEvent(type: entry.type, subject: entry.subject)
      return try decode(upcast(bare)) != nil
    } catch {
      return true
    }
  }
}
