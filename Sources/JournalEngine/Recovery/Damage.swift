/// Bytes that were vouched for are missing or altered (Docs/Format.md, "Debris or damage").
public struct Damage: Sendable, Hashable {
  /// The last entry that is beyond doubt. What stands after it is not to be relied on.
  public let lastBeyondDoubt: Int64
  /// The file that shows it.
  public let file: String
  /// Where in the file, in bytes from its start.
  public let offset: Int64
  /// What is wrong, as a clause.
  public let cause: String

  package init(lastBeyondDoubt: Int64, file: String, offset: Int64, cause: String) {
    self.lastBeyondDoubt = lastBeyondDoubt
    self.file = file
    self.offset = offset
    self.cause = cause
  }

  /// The damage as an error: what writing throws, and reading where no part of the state is enough.
  public var error: JournalError {
    JournalError(
      .damaged,
      "the journal is damaged: \(cause); beyond doubt up to seq \(lastBeyondDoubt)",
      hint: "run `daybook verify` for all findings, and compare with a copy before repairing",
      file: file, offset: offset, seq: lastBeyondDoubt)
  }

  /// Of two, the one that puts more in doubt.
  func worse(than other: Damage?) -> Damage {
    guard let other, other.lastBeyondDoubt <= lastBeyondDoubt else { return self }
    return other
  }
}
