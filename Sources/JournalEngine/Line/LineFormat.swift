/// The names and numbers of journal format 1.
public enum LineFormat {
  /// The format that this program writes, and the highest that it reads.
  public static let version = 1

  /// The longest line, its newline included.
  public static let longestLine = 1 << 20

  /// How many of the newest lines with an `id` are remembered, so that none is recorded twice.
  public static let rememberedIDs = 65_536

  /// The highest `seq` that a repair, a dropped segment, a snapshot or a table may set the chain to:
  /// nobody counts from there to where numbers end.
  package static let highestJump: Int64 = 1 << 62

  /// What a file may say of another's size: more than any file system holds, and far from where
  /// numbers end.
  static let longestFile: Int64 = 1 << 60

  /// How many accepted hashes, and how many void ones, a reader remembers
  /// (Docs/Format.md, "Which lines count").
  package static let rememberedAccepted = 4096
  package static let rememberedVoid = 8192

  /// All types that are the engine's own: an application cannot record them.
  public static let engineTypes = EngineType.allCases.map(\.rawValue)
}
