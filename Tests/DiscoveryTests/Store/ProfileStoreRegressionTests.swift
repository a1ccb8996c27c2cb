import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("The store and its handles")
struct ProfileStoreRegressionTests {
  let files = MemoryFileSystem()
  let acme: JournalName
  let beta: JournalName

  init() throws {
    acme = try JournalName("acme")
    beta = try JournalName("beta")
  }

  private func store(_ durability: Durability = .everyAppend) -> ProfileStore {
    ProfileStore(
      root: "/journals", system: JournalSystem(fileSystem: files, clock: ManualClock()),
      options: WriteOptions(durability: durability))
  }

  @Test("A profile can be read although its open handle fails")
  func deadHandle() async throws {
    let store = store()
    let session = try await store.start(acme)
    files.fail(.read, .error(.planned(.io)))
    #expect(try await store.sessions(of: acme) == [session])
    #expect(try await store.complete(session.id, in: acme).status == .completed)
  }

  @Test(
    "A handle that died is not used again, whatever it died of",
    arguments: [JournalError.Code.denied, .notFound, .pruned, .repaired, .io])
  func died(_ code: JournalError.Code) async throws {
    let store = store()
    try await store.create(acme)
    files.fail(.syncData, .error(.planned(code)))
    let error = await #expect(throws: JournalError.self) {
      try await store.update(acme, set: ["a": 1])
    }
    #expect(error != nil)
    #expect(try await store.update(acme, set: ["a": 2]).state.fields["a"] == 2)
  }

  @Test("Why a snapshot could not be written can be asked, as long as it could not")
  func compactionFailure() async throws {
    let store = ProfileStore(
      root: "/journals", system: JournalSystem(fileSystem: files, clock: ManualClock()),
      options: WriteOptions(snapshots: .every(1)))
    #expect(await store.compactionFailure(of: acme) == nil)
    files.fail(.rename, .error(.planned(.diskFull)))
    try await store.create(acme)
    #expect(await store.compactionFailure(of: acme)?.code == .diskFull)
    for count in 1...20 { try await store.update(acme, set: ["count": .number(JSONNumber(count))]) }
    #expect(await store.compactionFailure(of: acme) == nil)
  }

  @Test("A refused command makes no profile")
  func refused() async throws {
    let store = store()
    await #expect(throws: DiscoveryError.self) { try await store.archive(acme) }
    let error = await #expect(throws: JournalError.self) { try await store.sessions(of: acme) }
    #expect(error?.code == .notFound)
    await #expect(throws: JournalError.self) { try await store.session("s1", in: acme) }
  }

  @Test("An event that is refused does not cost the handle")
  func invalidEvent() async throws {
    let store = store()
    try await store.create(acme)
    let opened = files.count(.openForAppending)
    let long = JSON.string(String(repeating: "x", count: 2 << 20))
    let error = await #expect(throws: JournalError.self) {
      try await store.update(acme, set: ["long": long])
    }
    #expect(error?.code == .invalidEvent)
    try await store.update(acme, set: ["short": 1])
    #expect(files.count(.openForAppending) == opened)
  }

  @Test("A journal that could not be opened is opened anew by the next call")
  func failedOpening() async throws {
    let store = store()
    files.fail(.journalFolder, .error(.planned(.denied)))
    await #expect(throws: JournalError.self) { try await store.create(acme) }
    #expect(try await store.create(acme).head.seq == 2)
  }

  @Test("Closing ends all handles and then tells the first error")
  func close() async throws {
    let store = store(.interval(.seconds(86_400)))
    try await store.create(acme)
    try await store.create(beta)
    files.forgetLog()
    files.failAll(.syncData, .error(.planned(.io)))
    await #expect(throws: JournalError.self) { try await store.close() }
    #expect(Set(files.log.filter { $0.kind == .syncData }.map(\.path)).count == 2)
  }
}
