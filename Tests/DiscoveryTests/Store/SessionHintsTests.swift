import Foundation
import JournalEngine
import JournalTestSupport
import Synchronization
import Testing

@testable import Discovery

@Suite("The hints that a store leaves")
struct SessionHintsTests {
  let scratch = Scratch()
  let files = FewFiles()
  let store: ProfileStore
  let acme: JournalName

  init() throws {
    store = ProfileStore(
      root: scratch.root, system: JournalSystem(fileSystem: files, clock: scratch.clock))
    acme = try JournalName("acme")
  }

  private func hints() throws -> [String] {
    String(decoding: try #require(try scratch.tree()[".sessions"]), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test("stand in the index before the call returns, by one file that stays open")
  func open() async throws {
    var expected: [String] = []
    for _ in 0..<20 {
      let session = try await store.start(acme, tracks: [])
      expected.append("\(session.id) acme")
      #expect(try hints() == expected)
    }
    #expect(files.count == .init(indexes: 1, listings: 0))
  }

  @Test("go to the new file where the index was deleted")
  func deleted() async throws {
    _ = try await store.start(acme, tracks: [])
    try FileManager.default.removeItem(atPath: scratch.path(".sessions"))
    let session = try await store.start(acme, tracks: [])
    #expect(try hints() == ["\(session.id) acme"])
    #expect(files.count.indexes == 2)
  }

  @Test("are written while the start is made durable, and mean nothing where that fails")
  func meanwhile() async throws {
    let system = MemoryFileSystem()
    let store = ProfileStore(
      root: "root", system: JournalSystem(fileSystem: system, clock: scratch.clock))
    _ = try await store.start(acme, tracks: [])
    system.forgetLog()
    let session = try await store.start(acme, tracks: [])
    let calls = system.log.filter { [.append, .syncData].contains($0.kind) }
    #expect(
      calls.map(\.path) == ["root/acme/\(segment)", "root/.sessions", "root/acme/\(segment)"])
    #expect(calls.map(\.kind) == [.append, .append, .syncData])
    #expect(try await store.session(session.id).id == session.id)

    // A power failure takes the start, and leaves the hint.
    system.fail(.syncData, .error(.planned(.syncFailed)))
    await #expect(throws: JournalError.self) { try await store.start(acme, tracks: []) }
    let hinted = try #require(system.disk.bytes(of: "root/.sessions"))
    let lost = try #require(
      String(decoding: hinted, as: UTF8.self).split(separator: "\n").last?.split(separator: " ")
        .first)
    let path = "root/acme/\(segment)"
    system.disk.put(try #require(system.disk.durableBytes(of: path)), at: path)
    let other = ProfileStore(
      root: "root", system: JournalSystem(fileSystem: system, clock: scratch.clock))
    await #expect(throws: DiscoveryError.noSession(String(lost))) {
      try await other.session(String(lost))
    }
    #expect(try await other.session(session.id).id == session.id)
  }

  private let segment = "00000000000000000001.ndjson"

  @Test("lead to the profile without a list of all profiles")
  func unlisted() async throws {
    for name in ["a", "b", "c"] { _ = try await store.start(JournalName(name), tracks: []) }
    let session = try await store.start(acme, tracks: [])
    #expect(try await store.complete(session.id).status == .completed)
    #expect(files.count.listings == 0)
  }
}

/// The real file system, which counts what is to be done seldom.
final class FewFiles: FileSystem {
  struct Count: Equatable {
    var indexes = 0
    var listings = 0
  }

  private let real = PosixFileSystem()
  private let counted = Mutex(Count())

  var count: Count { counted.withLock { $0 } }

  func journalFolder(_ name: String, in root: String) throws(JournalError) -> (any JournalFolder)? {
    try real.journalFolder(name, in: root)
  }

  func makeJournalFolder(_ name: String, in root: String) throws(JournalError) -> any JournalFolder
  {
    try real.makeJournalFolder(name, in: root)
  }

  func folders(in root: String) throws(JournalError) -> [String]? {
    counted.withLock { $0.listings += 1 }
    return try real.folders(in: root)
  }

  func changes(_ name: String, in root: String) throws(JournalError) -> AsyncStream<Void> {
    try real.changes(name, in: root)
  }

  func derivedFile(_ name: String, in root: String) -> (any SegmentFile)? {
    counted.withLock { $0.indexes += 1 }
    return real.derivedFile(name, in: root)
  }
}
