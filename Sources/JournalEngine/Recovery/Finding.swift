/// Something that a verification found, and where.
public struct Finding: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    // Void lines that prove nothing missing: debris.
    case torn
    case lostRace = "lost race"
    case unchained
    /// A line that was in doubt, and that a repair gave up.
    case givenUp = "given up"
    /// Bytes behind the last newline: a write in flight, or the torn end of one.
    case unfinished
    /// An atomic group whose last line is not there.
    case unfinishedGroup = "unfinished group"
    /// An entry is earlier than the one before it.
    case timeWentBack = "time went back"
    /// An entry is later than now.
    case timeAhead = "time ahead"
    /// The first line does not open the journal.
    case notOpened = "not opened"
    /// The journal was begun under another name.
    case renamed
    /// A head that was written down is not in the chain.
    case headLost = "head lost"
    /// A head that was written down was dropped by pruning, and cannot be checked.
    case headDropped = "head dropped"
    /// A snapshot that cannot be used; nothing is lost by it.
    case badSnapshot = "bad snapshot"
    /// A table that cannot be used, or holds other records than the entries give; nothing is lost by
    /// it.
    case badTable = "bad table"
    /// A snapshot holds another state than its entries give.
    case snapshotDiffers = "snapshot differs"
    /// An entry's fields are not what its type needs.
    case undecodable
    /// A line shows that something vouched for is missing or altered.
    case damage
  }

  public let kind: Kind
  public let file: String
  /// The line of the file, counted from 1; nil where there is no such file.
  public internal(set) var line: Int64?
  /// In bytes from the start of the file.
  public let offset: Int64
  /// In bytes.
  public let length: Int
  /// What the line itself says; nil where it says none.
  public let seq: Int64?
  /// What it means, as a clause.
  public let message: String

  /// Whether it is damage, or only worth knowing.
  public var isDamage: Bool {
    kind == .damage || kind == .headLost || kind == .snapshotDiffers
  }
}
