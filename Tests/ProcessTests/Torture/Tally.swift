import JournalEngine

/// The answers, counted and held against the journal.
struct Tally {
  /// How often each slot was acknowledged.
  var acknowledgedBy: [Int: Int] = [:]
  var refusals: [String: Int] = [:]
  var repeats = 0
  var looks = 0
  var snapshots = 0
  /// What they must not say.
  var broken: [String] = []
  /// What the journal does not bear out.
  var faults: [String] = []

  init(_ log: Torture.Log, _ readBack: ReadBack) {
    var hashes: Set<String> = []
    for (slot, answer) in log.answers {
      switch answer {
      case .acknowledged(let place, let hash):
        acknowledgedBy[slot, default: 0] += 1
        if !hashes.insert(hash).inserted { faults.append("\(hash) was acknowledged twice") }
        faults += readBack.fault(in: place, hash: hash).map { [$0] } ?? []
      case .same(let place):
        repeats += 1
        faults += readBack.fault(in: place, hash: nil).map { [$0] } ?? []
      case .seen(let seq, let hash):
        looks += 1
        if seq > 0, readBack[seq]?.hash.description != hash { faults.append("\(seq) was seen") }
      case .compacted(let snapshots):
        self.snapshots += snapshots
      case .refused(let code): refusals[code, default: 0] += 1
      case .broken(let text): broken.append(text)
      }
    }
  }
}
