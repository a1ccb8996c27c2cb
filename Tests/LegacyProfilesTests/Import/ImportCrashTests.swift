import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("An import that is interrupted")
struct ImportCrashTests {
  private static func store() throws -> OldStore {
    let store = try OldStore()
    try store.put(
      ["profile_id": "acme", "created_at": "2025-01-01T00:00:00", "name": "A"],
      at: "acme/profile.json")
    for (id, start, end) in [("a", "01", "03"), ("b", "02", "05"), ("c", "04", "06")] {
      try store.put(
        OldStore.session(id, from: "2025-01-\(start) 00:00:00", to: "2025-01-\(end) 00:00:00"),
        at: "acme/sessions/\(id).json")
    }
    return store
  }

  /// What there is of the profile: nothing, or all.
  private static func isWhole(_ disk: MemoryDisk, _ store: OldStore) throws -> Bool {
    let system = JournalSystem(
      fileSystem: MemoryFileSystem(on: disk), clock: store.clock, random: SeededRandom(seed: 8))
    let profiles = Profiles(root: "/journals", system: system)
    do {
      let state = try profiles.state(of: JournalName("acme")).state
      try Violation.unless(
        state.sessions().map(\.status) == [.completed, .completed, .completed]
          && state.fields["name"] == "A" && state.imports.count == 1, "a part of it is there")
      return true
    } catch let error as JournalError where error.code == .notFound {
      return false
    } catch let error as DiscoveryError where error.code == .notFound {
      return false
    }
  }

  @Test("by a power failure leaves nothing or all, and all once it was acknowledged")
  func powerFailure() async throws {
    try await Property.check("power failures of an import", rounds: 3) { seed in
      var random = SeededGenerator(seed: seed)
      let store = try Self.store()
      #expect(try store.importAll().failures.isEmpty)
      let history = store.disk.history
      var cache = WriteCache(history, sectorSize: random.pick([512, 64, 16]))
      var (images, whole) = (0, 0)
      for (index, change) in history.changes.enumerated() {
        cache.take(change)
        let failure = cache.powerFailure
        var sampler = SurvivorSampler(failure, limit: 20, seed: random.next())
        while let survivors = sampler.nextSurvivors() {
          images += 1
          let disk = MemoryDisk(failure.image(survivors))
          do {
            if try Self.isWhole(disk, store) { whole += 1 }
          } catch {
            throw Violation("after change \(index): \(error)")
          }
        }
      }
      try Violation.unless(images > 50 && whole > 0, "\(images) images, \(whole) of them whole")
      let done = cache.powerFailure
      let nothing = Survivors(choices: done.radices.map { _ in 0 })
      try Violation.unless(
        try Self.isWhole(MemoryDisk(done.image(nothing)), store), "what was acknowledged is gone")
    }
  }

  @Test("by a fault of any call leaves nothing or all, and the next import does the rest")
  func faults() throws {
    let sound = try Self.store()
    let log = MemoryFileSystem(on: sound.disk)
    try sound.importAll(on: log)
    for index in log.log.indices {
      for fault in [Fault.error(.planned(.io)), .late(.planned(.io)), .error(.planned(.diskFull))] {
        let store = try Self.store()
        let files = MemoryFileSystem(on: store.disk)
        var calls = 0
        files.chooseFault = { _ in
          calls += 1
          return calls == index + 1 ? fault : nil
        }
        let place = "call \(index), \(log.log[index].kind), \(fault)"
        let outcome = try store.importAll(on: files)
        let isWhole = try Self.isWhole(store.disk, store)
        #expect(isWhole || !outcome.failures.isEmpty, "\(place)")
        #expect(files.openHandles == 0, "\(place)")
        let next = try store.importAll()
        #expect(next.failures.isEmpty, "\(place): \(next.failures)")
        #expect((next.entries == 0) == isWhole, "\(place)")
        #expect(try Self.isWhole(store.disk, store), "\(place)")
      }
    }
  }

  @Test("by another import of the same folder records everything once")
  func race() throws {
    for call in [1, 5, 10, 15, 20, 25] {
      let store = try Self.store()
      let files = MemoryFileSystem(on: store.disk)
      var calls = 0
      files.onOperation = { _ in
        calls += 1
        guard calls == call else { return }
        do { try store.importAll() } catch { Issue.record(error) }
      }
      let outcome = try store.importAll(on: files)
      #expect(outcome.failures.isEmpty, "at call \(call): \(outcome.failures)")
      #expect(try Self.isWhole(store.disk, store), "at call \(call)")
    }
  }
}
