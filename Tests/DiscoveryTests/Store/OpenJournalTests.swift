import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("A profile whose journal a store has open")
struct OpenJournalTests {
  @Test(
    "is asked for its status and its sessions without reading what is known, and with what came since"
  )
  func status() async throws {
    let disk = MemoryDisk()
    let files = MemoryFileSystem(on: disk)
    func store(_ files: MemoryFileSystem, seed: UInt64) -> ProfileStore {
      ProfileStore(
        root: "/root", system: JournalSystem(fileSystem: files, random: SeededRandom(seed: seed)),
        options: WriteOptions(snapshots: .never))
    }
    let (one, other) = (store(files, seed: 1), store(MemoryFileSystem(on: disk), seed: 2))
    let acme = try JournalName("acme")
    for _ in 0..<50 { _ = try await one.start(acme) }
    for count in 51...55 {
      _ = try await other.start(acme)
      let before = files.reads.count
      let status = try await one.status(of: acme)
      #expect(status.state.sessionCount == count)
      #expect(try await one.sessions(of: acme).count == count)
      let read = files.reads[before...].reduce(0) { $0 + $1.got }
      #expect(read < 4096, "\(read) bytes")
      let anew = try await other.status(of: acme)
      #expect(status.head == anew.head)
      #expect(status.json == anew.json)
    }
    #expect(try await one.status(of: acme, at: .seq(2)).state.sessionCount == 1)
    try await one.close()
    try await other.close()
  }
}
