/// The last accepted line: its number and its hash. Written down elsewhere, it vouches for all
/// that stands before it.
public struct Head: Sendable, Hashable, CustomStringConvertible {
  public let seq: Int64
  public let hash: Digest

  /// The head of a journal without lines: 0 and 64 zeros.
  public static let none = Head(seq: 0, hash: .zero)

  public init(seq: Int64, hash: Digest) {
    self.seq = seq
    self.hash = hash
  }

  /// Reads `SEQ:HASH`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let seq = Int64(parts[0]), seq >= 0, String(seq) == parts[0],
      let hash = Digest(hex: parts[1])
    else { return nil }
    self.init(seq: seq, hash: hash)
  }

  public var description: String { "\(seq):\(hash)" }
}
