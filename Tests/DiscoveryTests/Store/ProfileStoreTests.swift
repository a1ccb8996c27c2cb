import Discovery
import JournalEngine
import Testing

@Suite("The store")
struct ProfileStoreTests {
  let scratch = Scratch()
  let store: ProfileStore
  let acme: JournalName

  init() throws {
    store = ProfileStore(root: scratch.root, system: scratch.system)
    acme = try JournalName("acme")
  }

  private func refusal(_ body: () async throws -> Void) async throws -> DiscoveryError.Code? {
    do {
      try await body()
      return nil
    } catch let error as DiscoveryError {
      return error.code
    }
  }

  @Test("A profile lives from its creation to its end, and each call tells how it is then")
  func life() async throws {
    let created = try await store.create(acme, fields: ["a": 1, "b": 2], by: "ann")
    #expect(created.state.fields == ["a": 1, "b": 2])
    #expect(created.head.seq == 2)
    let updated = try await store.update(
      acme, set: ["a": 3], unset: ["b"], origin: .init(source: "web"), by: "bob")
    #expect(updated.state.fields == ["a": 3])
    #expect(updated.state.provenance["a"]?.by == "bob")
    #expect(updated.state.provenance["a"]?.source == "web")
    #expect(try await store.archive(acme, reason: "r").state.status == .archived)
    #expect(try await store.restore(acme).state.status == .active)
    let deleted = try await store.delete(acme, reason: "asked")
    #expect(deleted.state.status == .deleted)
    #expect(deleted.head.seq == 6)
    #expect(try await store.status(of: acme).json == deleted.json)
    #expect(try await store.status(of: acme, at: .seq(2)).state.fields == ["a": 1, "b": 2])
  }

  @Test("A session runs from its start to its end, with and without the profile named")
  func sessions() async throws {
    let first = try await store.start(acme, tracks: ["t"], params: ["max": 1], by: "ann")
    #expect(first.status == .inProgress)
    #expect(first.params == ["max": 1])
    #expect(try await store.found(first.id, track: "t", count: 2).totalOpportunities == 2)
    let more = try await store.found(first.id, track: "u", opportunities: [["x": 1]], in: acme)
    #expect(more.totalOpportunities == 3)
    let completed = try await store.complete(first.id, .init(notes: "ok"))
    #expect(completed.status == .completed)
    #expect(completed.notes == "ok")

    let second = try await store.start(acme)
    let failed = try await store.fail(second.id, errors: ["e"], in: acme)
    #expect(failed.status == .failed)
    #expect(try await store.session(second.id) == failed)
    #expect(try await store.session(first.id, in: acme) == completed)
    #expect(try await store.sessions(of: acme).map(\.id) == [second.id, first.id])
    #expect(try await store.sessions(of: acme, status: .completed).map(\.id) == [first.id])
    #expect(try await store.sessions(of: acme, limit: 1).map(\.id) == [second.id])
    #expect(try await store.status(of: acme).discovery == .failed)
  }

  @Test("A start over a running session abandons it, and a repeated key returns the same session")
  func starts() async throws {
    let first = try await store.start(acme, id: "k1")
    let second = try await store.start(acme, id: "k2")
    #expect(try await store.session(first.id).supersededBy == second.id)
    #expect(try await store.start(acme, id: "k2") == second)
    #expect(try await store.start(acme, id: "k1").id == first.id)
    #expect(try await store.sessions(of: acme).count == 2)
    let code = try await refusal { try await store.complete(second.id, id: "k1") }
    #expect(code == .conflict)
    #expect(try await store.session(second.id).status == .inProgress)
  }

  @Test("What the rules refuse is thrown as they say it")
  func refusals() async throws {
    let session = try await store.start(acme)
    #expect(try await refusal { try await store.archive(acme) } == .conflict)
    #expect(try await refusal { try await store.complete("session_none") } == .notFound)
    #expect(try await refusal { _ = try await store.session("session_none") } == .notFound)
    #expect(
      try await refusal { _ = try await store.session("session_none", in: acme) } == .notFound)
    #expect(
      try await refusal { try await store.found(session.id, track: "t", count: -1) } == .invalid)
    try await store.complete(session.id)
    #expect(try await refusal { try await store.complete(session.id) } == .conflict)
    #expect(try await store.session(session.id).status == .completed)
  }

  @Test("A profile that is not there is not found, before and after something was refused on it")
  func absent() async throws {
    let ghost = try JournalName("ghost")
    try await store.create(acme)
    for _ in 0..<2 {
      await #expect(throws: JournalError.self) { try await store.sessions(of: ghost) }
      await #expect(throws: JournalError.self) { try await store.status(of: ghost) }
      #expect(try await refusal { try await store.archive(ghost) } == .notFound)
    }
    #expect(try await store.list() == [acme])
  }

  @Test("Profiles are listed in order, and none where there is no root")
  func list() async throws {
    #expect(try await store.list() == [])
    for name in ["b", "a.2", "a_1", "Z"] { try await store.create(try JournalName(name)) }
    #expect(try await store.list().map(\.text) == ["Z", "a.2", "a_1", "b"])
  }

  @Test("What another process recorded meanwhile is seen")
  func others() async throws {
    try await store.create(acme, fields: ["a": 1])
    try scratch.perform(.start(session: "s1"))
    #expect(try await store.sessions(of: acme).map(\.id) == ["s1"])
    #expect(try await store.session("s1").status == .inProgress)
    try await store.complete("s1")
    #expect(try scratch.state().session("s1")?.status == .completed)
  }

  @Test("A store that was closed opens its journals anew when it is asked again")
  func closing() async throws {
    let session = try await store.start(acme)
    try await store.close()
    #expect(try await store.complete(session.id).status == .completed)
    try await store.close()
    try await store.close()
    #expect(try await store.status(of: acme).discovery == .completed)
  }

  @Test("What happens can be followed from the start")
  func follow() async throws {
    let session = try await store.start(acme)
    var types: [String] = []
    for try await entry in store.follow(acme, from: .first) {
      types.append(entry.type)
      if types.count == 2 { try await store.complete(session.id) }
      if types.count == 3 { break }
    }
    #expect(types == ["journal.opened", "session.started", "session.completed"])
  }
}
