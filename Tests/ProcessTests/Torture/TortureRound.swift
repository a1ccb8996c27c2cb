import Foundation
import JournalEngine

/// One run of the torture on a journal of its own, and what is found after it.
struct TortureRound: Sendable {
  let writers: Int
  let kills: Int
  /// How often each writer was acknowledged.
  let acknowledgedBy: [Int: Int]
  let acknowledgedAfterKill: Int
  let refusals: [String: Int]
  let repeats: Int
  /// What a writer said that it must not.
  let broken: [String]
  /// Acknowledgements that the journal does not bear out.
  let faults: [String]
  let readBack: ReadBack
  let verify: Child.Result
  let replay: Child.Result
  /// An append after all of it.
  let goesOn: Child.Result
  /// Files in the journal's folder that are no segments.
  let strangers: [String]
  private let seed: UInt64

  init(writers: Int, inMemory: Bool, seconds: Double, seed: Seed) throws {
    let scratch = try Scratch(inMemory: inMemory)
    let journals = scratch.journals
    var torture = Torture(journals, profile: "p", writers: writers, random: seed)
    let log = try torture.run(for: .seconds(seconds))
    self.writers = writers
    self.seed = seed.start
    kills = log.kills
    acknowledgedAfterKill = log.acknowledgedAfterKill
    readBack = try ReadBack(journals.reader("p"))
    let tally = Tally(log, readBack)
    acknowledgedBy = tally.acknowledgedBy
    refusals = tally.refusals
    repeats = tally.repeats
    broken = tally.broken
    faults = tally.faults
    verify = try journals.daybook("verify", "p", "--json")
    replay = try journals.daybook("replay", "p", "--check", "--json")
    strangers = try FileManager.default.contentsOfDirectory(atPath: journals.folder("p"))
      .filter { !Self.isSegment($0) }
    goesOn = try journals.daybook("profile", "set", "p", "after=true")
  }

  var summary: String {
    let acknowledged = acknowledgedBy.values.reduce(0, +)
    let void = readBack.void.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
    let refused = refusals.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
    return "torture of \(writers) writers, DAYBOOK_SEED=\(seed): \(acknowledged) acknowledged, "
      + "\(repeats) repeated, refused [\(refused)], \(kills) killed; "
      + "\(readBack.entries.count) entries, void [\(void)]"
  }

  private static func isSegment(_ name: String) -> Bool {
    name.hasSuffix(".ndjson") && name.count == 27 && name.prefix(20).allSatisfy(\.isNumber)
  }
}

/// The answers, counted and held against the journal.
private struct Tally {
  var acknowledgedBy: [Int: Int] = [:]
  var refusals: [String: Int] = [:]
  var repeats = 0
  var broken: [String] = []
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
      case .refused(let code): refusals[code, default: 0] += 1
      case .broken(let text): broken.append(text)
      }
    }
  }
}
