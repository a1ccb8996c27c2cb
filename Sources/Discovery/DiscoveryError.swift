/// A command that the rules refuse, or that is not one.
public struct DiscoveryError: Error, Sendable, Hashable, CustomStringConvertible {
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// A profile, session or field that does not exist.
    public static let notFound = Code(description: "not_found")
    /// The state does not allow it: a session that has ended, a profile that is archived.
    public static let conflict = Code(description: "conflict")
    /// The command itself makes no sense: a count below zero, a confidence above one.
    public static let invalid = Code(description: "invalid")
  }

  public let code: Code
  /// What is wrong, as one sentence without a full stop.
  public let message: String
  /// What to do about it.
  public let hint: String

  init(_ code: Code, _ message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  public var description: String { "\(message); \(hint)" }
}
