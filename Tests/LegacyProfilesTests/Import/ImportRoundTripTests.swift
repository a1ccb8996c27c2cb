import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("Any store of the earlier programs")
struct ImportRoundTripTests {
  @Test("comes in whole, comes out equal, and comes in only once")
  func roundTrip() async throws {
    try await Property.check("import and export of random stores", rounds: 60) { seed in
      var random = SeededGenerator(seed: seed)
      let store = try OldStore()
      let layout = random.pick(LegacyLayout.allCases)
      var expected: [String: JSON] = [:]
      for number in 0..<1 + random.below(3) {
        let profile = "p\(number)"
        if !random.once(in: 4) {
          let path = layout == .flat ? "profiles/\(profile).json" : "\(profile)/profile.json"
          expected[path] = Self.profile(profile, layout, &random)
        }
        for session in 0..<random.below(12) {
          let id = "\(profile)s\(session)"
          let document = Self.session(id, of: profile, &random)
          let stamp = Self.stamp(document["started_at"]?.string ?? "")
          let path =
            layout == .flat
            ? "sessions/\(id)_\(profile)_\(stamp).json" : "\(profile)/sessions/\(id).json"
          expected[path] = document
        }
      }
      // The files are in any order, and so are their members.
      for (path, document) in expected { try store.put(document, at: path) }

      let outcome = try store.importAll(zone: random.pick([.utc, Self.berlin]))
      try Violation.unless(outcome.failures.isEmpty, "\(outcome.failures)")
      try Violation.unless(outcome.messages(.skipped).isEmpty, "\(outcome.messages(.skipped))")
      let exported = try store.exported(in: layout)
      for (path, document) in expected {
        try Violation.unless(
          exported[path] == document,
          "\(path): \(document.text) came out as \(exported[path]?.text ?? "nothing")")
      }
      for (path, document) in exported where expected[path] == nil {
        throw Violation("\(path) came from nowhere: \(document.text)")
      }
      let again = try store.importAll(zone: .utc)
      try Violation.unless(again.entries == 0, "\(again.entries) entries were added")
      try Self.checkJournals(of: store)
    }
  }

  private static let berlin = Zone("+01:00") { _ in nil } ?? .utc

  /// Every journal is sound, in the order of the times, and a snapshot of it holds the same state.
  private static func checkJournals(of store: OldStore) throws {
    let profiles = store.profiles()
    for name in try profiles.names() ?? [] {
      let verified = try profiles.reader(name).verify(as: Profile.self)
      try Violation.unless(verified.isSound && verified.findings.isEmpty, "\(verified.findings)")
      let times = try store.entries(name.text).map(\.time)
      try Violation.unless(times == times.sorted(), "the times of \(name) go back")
      let before = try profiles.replay(name).state
      let writer = try JournalWriter<Profile>(
        name, in: profiles.root, system: profiles.system, options: profiles.options)
      try writer.compact()
      try writer.close()
      try Violation.unless(
        profiles.state(of: name).state == before, "the snapshot of \(name) differs")
    }
  }

  // MARK: Documents

  private static func time(_ random: inout SeededGenerator, from day: Int = 1) -> String {
    let separator = random.pick([" ", "T"])
    let day = min(28, day + random.below(6))
    let clock = "\(two(random.below(24))):\(two(random.below(60))):\(two(random.below(60)))"
    let fraction = random.pick(["", ".5", ".123456"])
    let zone = random.pick(["", "", "", "Z", "+02:00"])
    return "2025-03-\(two(day))\(separator)\(clock)\(fraction)\(zone)"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func stamp(_ time: String) -> String {
    let digits = time.prefix(19).filter { $0.isNumber }
    return digits.prefix(8) + "_" + digits.suffix(6)
  }

  private static func value(_ random: inout SeededGenerator, depth: Int = 0) -> JSON {
    switch random.below(depth > 2 ? 5 : 7) {
    case 0: .null
    case 1: .bool(random.once(in: 2))
    case 2: .string(random.text(random.below(6)))
    case 3: .number(JSONNumber(random.below(1000)))
    case 4:
      (try? JSON(
        parsing: Array(random.pick(["0.10", "-1E+2", "1e400", "12345678901234567890"]).utf8)))
        ?? .null
    case 5: .array((0..<random.below(3)).map { _ in value(&random, depth: depth + 1) })
    default:
      .object(
        JSONObject((0..<random.below(3)).map { ("m\($0)", value(&random, depth: depth + 1)) }))
    }
  }

  private static func profile(
    _ id: String, _ layout: LegacyLayout, _ random: inout SeededGenerator
  ) -> JSON {
    var members: JSONObject = [
      "profile_id": .string(id), "name": "N", "organization_type": "nonprofit",
      "focus_areas": [], "created_at": .string(time(&random)),
      "updated_at": .string(time(&random, from: 9)),
      "status": .string(random.pick(["active", "active", "archived"])),
    ]
    if layout == .folders { members["organization_name"] = "N" }
    for number in 0..<random.below(5) { members["field\(number)"] = value(&random) }
    return .object(members)
  }

  private static func session(
    _ id: String, of profile: String, _ random: inout SeededGenerator
  ) -> JSON {
    let day = 1 + random.below(20)
    let status = random.pick([
      "completed", "completed", "completed", "failed", "failed", "in_progress",
    ])
    let tracks = (0..<random.below(3)).map { "track\($0)" }
    var members: JSONObject = [
      "session_id": .string(id), "profile_id": .string(profile),
      "started_at": .string(time(&random, from: day)),
      "completed_at": status == "in_progress" ? .null : .string(time(&random, from: day + 2)),
      "status": .string(status), "tracks_executed": .array(tracks.map(JSON.string)),
      "opportunities_found": .object(
        JSONObject(tracks.map { ($0, .number(JSONNumber(random.below(50)))) })),
      "total_opportunities": .number(JSONNumber(random.below(99))),
      "execution_time_seconds": random.pick([.null, 7, 0]),
      "error_messages": status == "failed"
        ? random.pick([["boom"], [], ["Session abandoned - new session started"]]) : [],
      "notes": random.pick([.null, "", "some"]),
    ]
    // Now and then something that none of them ever wrote.
    if random.once(in: 4) {
      let name = random.pick([
        "notes", "error_messages", "opportunities_found", "total_opportunities", "tracks_executed",
        "execution_time_seconds", "unknown", "status",
      ])
      members[name] = value(&random)
    }
    return .object(members)
  }
}
