import Discovery
import JournalEngine
import Testing

@Suite("Many tasks and several stores on one root", .timeLimit(.minutes(1)))
struct ManyTasksTests {
  let scratch = Scratch(random: SystemRandomness())

  private func store(openJournals: Int = 256) -> ProfileStore {
    // The real clock: a lost race waits a little before it tries again.
    ProfileStore(root: scratch.root, openJournals: openJournals)
  }

  @Test("Of two stores that complete a session at once exactly one wins")
  func twoCompletes() async throws {
    let acme = try JournalName("acme")
    let stores = [store(), store()]
    for round in 0..<10 {
      let session = try await stores[round % 2].start(acme)
      let outcomes = await withTaskGroup(of: String.self) { group in
        for (index, store) in stores.enumerated() {
          group.addTask {
            do {
              let results = DiscoveryEvent.Results(total: Int64(index))
              return "won \(try await store.complete(session.id, results).totalOpportunities)"
            } catch let error as DiscoveryError {
              return error.code.description
            } catch {
              return "\(error)"
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }.sorted()
      }
      #expect(outcomes.first == "conflict")
      let winner = try await stores[0].session(session.id)
      #expect(outcomes.last == "won \(winner.totalOpportunities)")
    }
    #expect(try scratch.entries().filter { $0.type == "session.completed" }.count == 10)
    for store in stores { try await store.close() }
  }

  @Test("With one journal open at a time, tasks on many profiles still get what is theirs")
  func oneOpenJournal() async throws {
    let store = store(openJournals: 1)
    let names = try (0..<6).map { try JournalName("p\($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        group.addTask {
          for turn in 0..<3 {
            let session = try await store.start(name, tracks: [name.text], id: "k\(turn)")
            try await store.found(session.id, track: name.text, count: Int64(turn))
            #expect(try await store.complete(session.id, in: name).tracks == [name.text])
          }
        }
      }
      try await group.waitForAll()
    }
    for name in names {
      let sessions = try await store.sessions(of: name)
      #expect(sessions.map(\.totalOpportunities) == [2, 1, 0])
      #expect(sessions.allSatisfy { $0.status == .completed })
    }
    #expect(try await store.list() == names)
    try await store.close()
  }

  @Test("Fifty tasks on one profile: each call is recorded once, one after the other")
  func oneProfile() async throws {
    let acme = try JournalName("acme")
    let stores = [store(), store()]
    try await stores[0].create(acme)
    let seqs = try await withThrowingTaskGroup(of: Int64.self) { group in
      for index in 0..<50 {
        group.addTask {
          try await stores[index % 2].update(acme, set: ["f\(index)": .number(JSONNumber(index))])
            .state.provenance["f\(index)"]?.seq ?? 0
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(seqs.sorted() == Array(3...52))
    let state = try await stores[1].status(of: acme).state
    #expect(state.fields.count == 50)
    #expect(try scratch.entries().count == 52)
    #expect(try scratch.profiles.reader(acme).verify().isSound)
    for store in stores { try await store.close() }
  }

  @Test("The same start with the same key from many tasks starts one session")
  func sameKey() async throws {
    let acme = try JournalName("acme")
    let stores = [store(), store()]
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<20 {
        group.addTask { try await stores[index % 2].start(acme, id: "only once").id }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(try scratch.entries().count == 2)
    for store in stores { try await store.close() }
  }
}
