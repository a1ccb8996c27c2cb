/// A record of a projection's state that will never change again, as a table keeps it: not what it
/// says, but where the journal says it.
public struct SettledRecord: Sendable, Hashable {
  /// What it is looked up by.
  public let id: String
  /// The entries that make it.
  public let span: EntrySpan
  /// How it ended, as the projection counts it.
  public let label: UInt8
  /// A figure whose median is asked for, such as a duration; nil where it has none.
  public let measure: Int64?

  public init(id: String, span: EntrySpan, label: UInt8 = 0, measure: Int64? = nil) {
    self.id = id
    self.span = span
    self.label = label
    self.measure = measure
  }
}
