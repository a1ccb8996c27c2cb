import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("Sessions that would have one name in the flat layout")
struct FlatNameCollisionTests {
  private static func ids(_ documents: some Sequence<JSON>) -> [String] {
    documents.compactMap { document in
      document["session_id"]?.string.map { "\($0) of \(document["profile_id"]?.string ?? "")" }
    }.sorted()
  }

  @Test("are all written, under the same names each time, and come in again")
  func collision() throws {
    let store = try OldStore()
    let expected = ["a of b_c_d", "a_b of c_d", "a_b_c of d"]
    for (id, profile) in [("a", "b_c_d"), ("a_b", "c_d"), ("a_b_c", "d")] {
      try store.put(
        OldStore.session(id, of: profile, from: "2025-03-09 02:30:00", to: "2025-03-09 03:30:00"),
        at: "\(profile)/sessions/\(id).json")
    }
    try store.importAll()
    let exported = try store.exported(in: .flat)
    #expect(Self.ids(exported.values) == expected)
    #expect(
      exported.keys.sorted() == [
        "sessions/a_b_c_d_20250309_023000-1.json", "sessions/a_b_c_d_20250309_023000-3.json",
        "sessions/a_b_c_d_20250309_023000.json",
      ])
    // Each alone has the name that it has among the others.
    for profile in ["b_c_d", "c_d", "d"] {
      let exporter = ProfileExporter(to: "/flat", in: .flat, from: store.profiles())
      #expect(try exporter.export(JournalName(profile)).same == 1)
    }

    let other = try OldStore()
    for (path, document) in exported { try other.put(document, at: path) }
    let outcome = try other.importAll()
    #expect(outcome.notes.isEmpty)
    #expect(try Self.ids(other.exported(in: .folders).values) == expected)
  }

  @Test("No two pairs of ids have one name")
  func property() async throws {
    try await Property.check("names in the flat layout", rounds: 20) { seed in
      var random = SeededGenerator(seed: seed)
      let words = ["a", "b", "", "profile", "0123456789ab", "f3adef3b653c"]
      var pairs: [String: Set<String>] = [:]
      for _ in 0..<40 {
        let ids = (0..<2).map { _ in
          (0..<1 + random.below(3)).map { _ in random.pick(words) }.joined(separator: "_")
        }
        guard !ids[0].isEmpty, (try? JournalName(ids[1])) != nil else { continue }
        pairs[ids[1], default: []].insert(ids[0])
      }
      var names: Set<String> = []
      for (profile, sessions) in pairs {
        let journal = try ExportedJournal(profile)
        try journal.record(.created())
        for session in sessions.sorted() {
          var earlier = DiscoveryEvent.Earlier()
          earlier.imported = ["started_at": "2025-03-09 02:30:00"]
          try journal.record(
            .earlierSessionStarted(session: session, tracks: [], params: [:], earlier))
          try journal.record(.failed(session, "e"))
        }
        try journal.export(in: .flat)
        for name in try journal.documents().keys where name.hasPrefix("sessions/") {
          try Violation.unless(names.insert(name).inserted, "\(name) is there twice")
        }
      }
      let count = pairs.values.reduce(0) { $0 + $1.count }
      try Violation.unless(names.count == count, "\(names.count) names of \(count)")
    }
  }
}
