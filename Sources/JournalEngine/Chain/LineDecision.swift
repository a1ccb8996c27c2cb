/// What the chain says of a line.
package enum LineDecision: Sendable, Equatable {
  /// It counts, and so do the lines that were pending before it, in their order.
  case accepted
  /// It belongs to an atomic group that goes on.
  case pending
  /// It does not count.
  case void(VoidLine)
}

/// Why a line does not count.
public enum VoidKind: String, Sendable, Hashable, CaseIterable {
  /// Not a well-formed line: a write was cut short, and a later one closed it with a newline.
  case torn
  /// Another writer was first; this one saw it and tried again further down.
  case lostRace = "lost race"
  /// It chains on something that is not there.
  case unchained
  /// It was in doubt, and a repair gave it up.
  case givenUp = "given up"
}

/// A line that does not count, and what it tells of the lines around it.
public struct VoidLine: Sendable, Hashable {
  public let kind: VoidKind
  /// Void lines that chain to one another share a run. Torn lines stand alone.
  public let run: Int
  /// What the line itself says; nil where it is torn.
  public let seq: Int64?
  /// The last `seq` that is beyond doubt, where the line proves damage.
  public let lastBeyondDoubt: Int64?

  package init(kind: VoidKind, run: Int, seq: Int64?, lastBeyondDoubt: Int64?) {
    self.kind = kind
    self.run = run
    self.seq = seq
    self.lastBeyondDoubt = lastBeyondDoubt
  }

  /// Whether the line proves that something vouched for is missing or altered.
  public var provesDamage: Bool { lastBeyondDoubt != nil }
}
