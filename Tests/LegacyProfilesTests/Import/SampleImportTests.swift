import Discovery
import Foundation
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("The stores of the earlier programs, as they were found")
struct SampleImportTests {
  private static var samples: String {
    get throws {
      try #require(Bundle.module.url(forResource: "Samples", withExtension: nil)).path
    }
  }

  /// The documents of a kind, by their ids.
  private static func documents(
    _ documents: [String: JSON], _ kind: String, with member: String
  ) -> [String: JSON] {
    var found: [String: JSON] = [:]
    for document in documents.values where document[member] != nil {
      guard document["lead_id"] == nil, document["opportunity_id"] == nil,
        (document["session_id"] != nil) == (kind == "session_id")
      else { continue }
      found[document[kind]?.string ?? ""] = document
    }
    return found
  }

  @Test(
    "come in whole, and nothing is added when they are imported again", arguments: [true, false])
  func everything(together: Bool) throws {
    let store = try OldStore()
    let folders = together ? [""] : ["/flat", "/folders"]
    var entries = 0
    for folder in folders {
      let outcome = try store.importAll(from: Self.samples + folder)
      #expect(outcome.failures.isEmpty)
      #expect(outcome.messages(.skipped) == [])
      #expect(outcome.messages(.changed) == [])
      entries += outcome.entries
    }
    #expect(try store.profiles().names()?.count == 11)
    #expect(entries == 51)
    let before = store.disk.paths.map { store.disk.bytes(of: $0) }
    for folder in folders + [""] {
      let again = try store.importAll(from: Self.samples + folder)
      #expect(again.entries == 0)
      #expect(again.notes.isEmpty)
    }
    #expect(store.disk.paths.map { store.disk.bytes(of: $0) } == before)
  }

  @Test("have the status and the sessions that their files tell")
  func agreement() throws {
    let store = try OldStore()
    try store.importAll(from: Self.samples)
    let documents = try OldStore.documents(in: Self.samples)
    let sessions = Self.documents(documents, "session_id", with: "started_at")
    #expect(sessions.count == 12)
    for (id, document) in sessions {
      let state = try store.state(document["profile_id"]?.string ?? "")
      let session = try #require(try state.session(id))
      #expect(session.status.rawValue == document["status"]?.string)
      #expect(
        session.startedAt == OldTime(document["started_at"]?.string ?? "", in: .utc)?.time)
      #expect(
        session.endedAt
          == document["completed_at"]?.string.flatMap { OldTime($0, in: .utc)?.time })
      #expect(session.tracks.map(JSON.string) == document["tracks_executed"]?.array)
      #expect(session.totalOpportunities == document["total_opportunities"]?.int)
      for found in session.opportunitiesFound {
        #expect(document["opportunities_found"]?[found.track]?.int == found.count)
      }
    }
    let profiles = Self.documents(documents, "profile_id", with: "created_at")
    #expect(profiles.count == 10)
    for (id, document) in profiles {
      let state = try store.state(id)
      #expect(JSON.object(state.fields) == document)
      #expect(state.status.rawValue == document["status"]?.string)
      #expect(state.createdAt == OldTime(document["created_at"]?.string ?? "", in: .utc)?.time)
    }
  }

  @Test("come out as the same documents, in the layout that they had")
  func wayBack() throws {
    let store = try OldStore()
    try store.importAll(from: Self.samples)
    let documents = try OldStore.documents(in: Self.samples)
    for (layout, folder) in [(LegacyLayout.flat, "flat/"), (.folders, "folders/")] {
      let exported = try store.exported(in: layout)
      var count = 0
      for (path, document) in documents where path.hasPrefix(folder) {
        if document["lead_id"] != nil || document["opportunity_id"] != nil { continue }
        count += 1
        #expect(exported[String(path.dropFirst(folder.count))] == document, "\(path)")
      }
      #expect(count == (layout == .flat ? 17 : 5))
    }
  }

  @Test("come out in the other layout with what they had, and with what that one needs")
  func otherWay() throws {
    let store = try OldStore()
    try store.importAll(from: Self.samples)
    let documents = try OldStore.documents(in: Self.samples)
    for layout in LegacyLayout.allCases {
      let exported = try store.exported(in: layout)
      for (kind, member) in [("session_id", "started_at"), ("profile_id", "created_at")] {
        let old = Self.documents(documents, kind, with: member)
        let new = Self.documents(exported, kind, with: member)
        #expect(Set(old.keys) == Set(new.keys))
        for (id, document) in old {
          for (name, value) in document.object ?? [:] { #expect(new[id]?[name] == value) }
          let added = Set(new[id]?.object?.names ?? []).subtracting(document.object?.names ?? [])
          #expect(added.isSubset(of: ["name", "organization_name", "organization_type"]), "\(id)")
        }
      }
    }
  }

  @Test("tell of the opportunities that name no session")
  func opportunities() throws {
    let store = try OldStore()
    let outcome = try store.importAll(dry: true, from: Self.samples)
    #expect(outcome.unplaced.count == 4)
    #expect(outcome.unplaced.allSatisfy { $0.contains("leads/") || $0.contains("opportunities/") })
    #expect(try store.profiles().names() == nil)
  }
}
