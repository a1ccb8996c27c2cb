/// A snapshot that could not be used. Reading took longer for it, and nothing is lost.
public struct SnapshotWarning: Sendable, Hashable, CustomStringConvertible {
  /// The snapshot's file.
  public let file: String
  /// What is wrong with it, as a clause.
  public let cause: String

  public var description: String { "the snapshot was not used: \(cause) (\(file))" }
}
