/// Finds out whether a sync is done sooner if it is *eager*: its bytes are sent to the disk as soon
/// as they are written, and the thread stays awake for its first moments.
///
/// A thread that sleeps until a disk answers has to be woken, and its processor too. That can take
/// longer than a fast disk takes for a page. Whether it does depends on the machine, so some syncs
/// are trials, in pairs: of two in a row one is eager and one is not. The mean of their differences
/// decides for all others, and a disk's good and bad hours move it little. What was learned is of one
/// file, as long as it is open; the price where it does not pay is ``moment`` in each trial.
struct EagerSyncs {
  /// For how long a thread stays awake once the bytes are sent.
  static let moment = Duration.microseconds(12)
  /// So many pairs are tried before anything is decided.
  private static let pairs = 16
  /// From then on a pair follows so many syncs.
  private static let pause = 62
  /// The mean is of about so many pairs.
  private static let memory = 64
  /// A thread is not kept awake for less.
  private static let least = 0.02

  /// How much sooner an eager sync is done, as a part of the time that one takes.
  private var gain = 0.0
  private var tried = 0
  /// The first one's time, within a pair.
  private var first: Duration?
  /// How many syncs are to come before the next pair.
  private var left = 0

  /// Whether the next sync is to be eager.
  var isNextEager: Bool {
    guard left == 0 else { return gain > Self.least }
    // Each comes first in every other pair.
    return tried.isMultiple(of: 2) == (first == nil)
  }

  /// Learns from how long that sync took, counted from the write before it.
  mutating func took(_ time: Duration) {
    guard left == 0 else {
      left -= 1
      return
    }
    guard let first else {
      first = time
      return
    }
    let (eager, other) = tried.isMultiple(of: 2) ? (first, time) : (time, first)
    self.first = nil
    tried += 1
    let shorter = min(eager, other)
    if shorter > .zero {
      // One that hung says nothing of the others.
      let part = min(max((other - eager) / shorter, -0.5), 0.5)
      gain += (part - gain) / Double(min(tried, Self.memory))
    }
    if tried >= Self.pairs { left = Self.pause }
  }
}
