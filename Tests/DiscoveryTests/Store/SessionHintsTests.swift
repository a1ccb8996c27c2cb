import Foundation
import JournalEngine
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
