/// What a verification found.
public struct Verification: Sendable {
  public let journal: JournalName
  /// The last accepted line.
  public let head: Head
  /// The time of the last accepted line; nil where there is none.
  public let time: Timestamp?
  /// Accepted lines.
  public let entries: Int64
  /// Bytes that were read, and hashed but for those of torn lines.
  public let bytes: Int64
  /// In the order of the files; of what is not damage at most the first ten thousand.
  public let findings: [Finding]
  /// How many of each kind there are.
  public let counts: [Finding.Kind: Int]
  public let damage: Damage?

  /// Whether everything that was vouched for is there, unaltered.
  public var isSound: Bool { error == nil }

  /// What is wrong, the worst of it; nil where the journal is sound.
  package var error: JournalError? {
    if let damage { return damage.error }
    return findings.first(where: \.isDamage).map { finding in
      JournalError(
        finding.kind == .snapshotDiffers ? .snapshotDiffers : .damaged, finding.message,
        hint: "see all findings of `daybook verify`", file: finding.file, seq: finding.seq)
    }
  }
}
