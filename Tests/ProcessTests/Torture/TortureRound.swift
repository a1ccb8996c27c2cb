import Foundation
import JournalEngine

/// One run of the torture on a journal of its own, and what is found after it.
struct TortureRound: Sendable {
  let roles: [Worker.Role]
  let kills: Int
  let acknowledgedAfterKill: Int
  let tally: Tally
  /// How many segments were dropped.
  let dropped: Int
  /// The whole journal, with what was dropped from it.
  let readBack: ReadBack
  let verify: Child.Result
  let replay: Child.Result
  /// The digests of the state: of the journal as it is, and of the whole.
  let digests: [String?]
  let compact: Child.Result
  let afterwards: Child.Result
  /// Files in the journal's folder, after a compaction, that are no segments and no snapshots.
  let strangers: [String]
  /// An append after all of it.
  let goesOn: Child.Result
  private let seed: UInt64

  init(roles: [Worker.Role], inMemory: Bool, seconds: Double, seed: Seed) throws {
    let scratch = try Scratch(inMemory: inMemory)
    let journals = scratch.journals
    var torture = Torture(journals, profile: "p", roles: roles, random: seed)
    let log = try torture.run(for: .seconds(seconds))
    self.roles = roles
    self.seed = seed.start
    kills = log.kills
    acknowledgedAfterKill = log.acknowledgedAfterKill
    let whole = try Self.whole(of: "p", journals, in: scratch)
    readBack = try ReadBack(whole.reader("p"))
    tally = Tally(log, readBack)
    verify = try journals.daybook("verify", "p", "--json")
    replay = try journals.daybook("replay", "p", "--check", "--json")
    digests = try [replay, whole.daybook("replay", "p", "--json")].map { result in
      // After a long run a state is long too.
      try JSON(parsing: result.output, limits: JSONLimits(length: 1 << 30))["digest"]?.string
    }
    let middle = readBack.entries.count / 2
    compact = try journals.daybook("compact", "p", "--prune-before", "\(middle)")
    afterwards = try journals.daybook("replay", "p", "--check", "--json")
    let names = try FileManager.default.contentsOfDirectory(atPath: journals.folder("p"))
    dropped = try names.filter(Self.isSegment).count { name in
      try String(contentsOfFile: journals.folder("p") + "/" + name, encoding: .utf8)
        .hasPrefix(#"{"tombstone":1,"#)
    }
    strangers =
      names
      .filter { !Self.isSegment($0) && !$0.hasSuffix(".discovery-2.snapshot.json") }
    goesOn = try journals.daybook("profile", "set", "p", "after=true")
  }

  var summary: String {
    let acknowledged = tally.acknowledgedBy.values.reduce(0, +)
    let void = readBack.void.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
    let refused = tally.refusals.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
    return "torture of \(roles.count) processes, DAYBOOK_SEED=\(seed): "
      + "\(acknowledged) acknowledged, \(tally.repeats) repeated, refused [\(refused)], "
      + "\(kills) killed; \(tally.looks) looks; \(tally.snapshots) snapshots, "
      + "\(dropped) segments dropped; \(readBack.entries.count) entries, void [\(void)]"
  }

  /// A root with the journal as if nothing had been dropped: see `Compacting`.
  private static func whole(
    of profile: String, _ journals: Journals, in scratch: Scratch
  ) throws -> Journals {
    let files = FileManager.default
    let whole = Journals(root: scratch.path + "/Whole")
    try files.createDirectory(
      atPath: whole.folder(profile), withIntermediateDirectories: true)
    let archive = journals.root + "-archive/" + profile
    let names = try files.contentsOfDirectory(atPath: journals.folder(profile))
    for name in names where isSegment(name) {
      let kept = archive + "/" + name
      let there = files.fileExists(atPath: kept) ? kept : journals.folder(profile) + "/" + name
      try files.copyItem(atPath: there, toPath: whole.folder(profile) + "/" + name)
    }
    return whole
  }

  private static func isSegment(_ name: String) -> Bool {
    name.hasSuffix(".ndjson") && name.count == 27 && name.prefix(20).allSatisfy(\.isNumber)
  }
}
