import JournalEngine
import JournalTestSupport
import Testing

@testable import Discovery

@Suite("A store that is given a session's id alone")
struct SessionByIDTests {
  private let disk = MemoryDisk()
  private let options = WriteOptions(snapshots: .never)

  private func store(
    _ files: MemoryFileSystem? = nil, openJournals: Int = 256
  ) -> ProfileStore {
    let files = files ?? MemoryFileSystem(on: disk)
    return ProfileStore(
      root: "/root",
      system: JournalSystem(fileSystem: files, random: SeededRandom(seed: disk.changeCount.hashed)),
      options: options, openJournals: openJournals)
  }

  private func bytesRead(_ files: MemoryFileSystem, of path: String) -> Int {
    files.reads.filter { $0.path.hasPrefix(path) }.reduce(0) { $0 + $1.got }
  }

  @Test("goes to the profile in which it started it, without reading anything")
  func started() async throws {
    let files = MemoryFileSystem(on: disk)
    let store = store(files)
    let acme = try JournalName("acme")
    for _ in 0..<30 {
      let session = try await store.start(acme)
      let before = bytesRead(files, of: "/root")
      try await store.found(session.id, track: "t", count: 1)
      #expect(try await store.complete(session.id).status == .completed)
      #expect(bytesRead(files, of: "/root") == before)
    }
    try await store.close()
  }

  @Test("goes by the hint of another store, and does not read the journal for that")
  func hinted() async throws {
    let files = MemoryFileSystem(on: disk)
    let (one, other) = (store(), store(files))
    let acme = try JournalName("acme")
    for _ in 0..<50 { _ = try await one.start(acme) }
    _ = try await other.status(of: acme)
    _ = try await other.update(acme, set: ["a": 1])
    for _ in 0..<5 {
      let session = try await one.start(acme)
      let before = bytesRead(files, of: "/root/acme")
      #expect(try await other.complete(session.id).status == .completed)
      let read = bytesRead(files, of: "/root/acme") - before
      #expect(read < 4096, "\(read) bytes of \(disk.bytes(of: segment("acme"))?.count ?? 0)")
    }
    try await one.close()
    try await other.close()
  }

  private func segment(_ name: String) -> String { "/root/\(name)/00000000000000000001.ndjson" }

  @Test("is not led astray by hints that lie, and makes no journal for them")
  func lies() async throws {
    let store = store()
    let (acme, beta) = (try JournalName("acme"), try JournalName("beta"))
    let session = try await store.start(acme)
    _ = try await store.start(beta)
    for place in ["beta", "ghost", "../acme"] {
      let hints = Array("\n\(session.id) \(place)\nnobody \(place)\n".utf8)
      disk.put(hints, at: "/root/.sessions")
      let other = self.store()
      #expect(try await other.session(session.id).id == session.id)
      disk.put(hints, at: "/root/.sessions")
      #expect(try await other.found(session.id, track: "t", count: 1).id == session.id)
      #expect(try await other.session(session.id).id == session.id)
      let error = await #expect(throws: DiscoveryError.self) {
        try await other.complete("nobody")
      }
      #expect(error?.code == .notFound)
      try await other.close()
    }
    #expect(try await store.list() == [acme, beta])
    try await store.close()
  }

  @Test("finds it although the journal that a hint names cannot be read")
  func unreadable() async throws {
    let store = store()
    let session = try await store.start(try JournalName("acme"))
    try await store.close()
    var damaged = RawLines()
    damaged.open("bad")
    damaged.put(RawLines.line(seq: 5, prev: Digest.zero, durable: 4, data: "{}"))
    var newer = RawLines()
    newer.open("newer", format: 99)
    for (name, lines) in [("bad", damaged), ("newer", newer)] {
      disk.put(lines.bytes, at: segment(name))
      let hint = Array("\n\(session.id) \(name)\nnobody \(name)\n".utf8)
      disk.put(hint, at: "/root/.sessions")
      let other = self.store()
      #expect(try await other.session(session.id).id == session.id)
      disk.put(hint, at: "/root/.sessions")
      #expect(try await other.found(session.id, track: "t", count: 1).id == session.id)
      let error = await #expect(throws: JournalError.self) { try await other.session("nobody") }
      #expect(error?.code == (name == "bad" ? .damaged : .newerFormat))
      try await other.close()
    }
  }

  @Test("keeps no more places than journals are open")
  func bounded() async throws {
    let store = store(openJournals: 4)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        group.addTask { _ = try await store.start(try JournalName("p\(number)")) }
      }
      try await group.waitForAll()
    }
    #expect(await store.started.count <= 4)
    try await store.close()
  }

  @Test("is told of two journals that are said to hold it")
  func conflict() async throws {
    var hints = ""
    for name in ["one", "two"] {
      var lines = RawLines()
      let opened = lines.open(name)
      lines.put(
        RawLines.line(
          "session.started", seq: 2, prev: opened.hash, subject: "s1", data: #"{"tracks":[]}"#))
      disk.put(lines.bytes, at: segment(name))
      hints += "\ns1 \(name)\n"
    }
    disk.put(Array(hints.utf8), at: "/root/.sessions")
    let store = store()
    let error = await #expect(throws: DiscoveryError.self) { try await store.complete("s1") }
    #expect(error?.code == .conflict)
    #expect(try await store.complete("s1", in: try JournalName("two")).status == .completed)
    try await store.close()
  }

  @Test("finds sessions of journals that it has closed meanwhile")
  func closed() async throws {
    let store = store(openJournals: 1)
    var sessions: [Session] = []
    for name in ["acme", "beta", "gamma"] {
      sessions.append(try await store.start(try JournalName(name)))
    }
    for session in sessions + sessions {
      #expect(try await store.found(session.id, track: "t", count: 1).id == session.id)
    }
    try await store.close()
  }
}

extension Int {
  fileprivate var hashed: UInt64 { UInt64(truncatingIfNeeded: self) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
}
