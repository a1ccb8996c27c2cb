import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("Looking up a session of a long journal")
struct LongJournalLookupTests {
  let journal: SettledJournal
  private let segment = "/root/acme/00000000000000000001.ndjson"

  /// Some two megabytes, s1 to s2500, and a snapshot.
  init() throws {
    var journal = SettledJournal()
    journal.options = WriteOptions(snapshots: .never)
    var random = SeededGenerator.forTest()
    let writer = try journal.writer()
    try journal.run(2500, in: writer, &random)
    try writer.compact()
    self.journal = journal
  }

  /// More than a megabyte, in three entries, and no session.
  private static func longLines() -> RawLines {
    var lines = RawLines()
    lines.open("acme")
    for _ in 0..<2 { lines.add(tag: String(repeating: "long ", count: 120_000)) }
    return lines
  }

  private func look(_ session: String) throws -> (journal: String?, bytes: Int) {
    let files = MemoryFileSystem(on: journal.disk)
    let index = SessionIndex(root: "/root", system: journal.system(files))
    let found = try index.journal(of: session)?.text
    return (found, files.reads.reduce(0) { $0 + $1.got })
  }

  @Test("reads a snapshot and a few pages, whether a hint leads there or none, or it is not there")
  func cost() throws {
    #expect(try #require(journal.disk.bytes(of: segment)).count > 1 << 20)
    for session in ["s17", "s17", "s2499", "nobody", "nobody"] {
      let (found, bytes) = try look(session)
      #expect(found == (session == "nobody" ? nil : "acme"))
      #expect(bytes < 256 << 10, "\(bytes) bytes for \(session)")
    }
  }

  @Test("leaves a hint where there was none")
  func hint() throws {
    _ = try look("s17")
    let index = try #require(journal.disk.bytes(of: "/root/.sessions"))
    #expect(String(decoding: index, as: UTF8.self) == "\ns17 acme\n")
    _ = try look("s17")
    _ = try look("nobody")
    #expect(journal.disk.bytes(of: "/root/.sessions") == index)
  }

  @Test("reads one without a snapshot once, where it has few sessions")
  func noSnapshot() throws {
    let disk = MemoryDisk()
    var lines = Self.longLines()
    disk.put(lines.bytes, at: segment)
    func bytes(_ session: String) throws -> Int {
      let files = MemoryFileSystem(on: disk)
      let index = SessionIndex(root: "/root", system: journal.system(files))
      #expect(try index.journal(of: session) == nil)
      return files.reads.reduce(0) { $0 + $1.got }
    }
    #expect(try bytes("nobody") > 1 << 20)
    #expect(try bytes("nobody") < 4096)
    #expect(try bytes("another") < 4096)
    lines.add(tag: "more")
    disk.put(lines.bytes, at: segment)
    #expect(try bytes("nobody") > 1 << 20)
  }

  @Test("finds it whatever another look-up notes meanwhile")
  func twoLookups() throws {
    let acme = try JournalName("acme")
    var call = 0
    var isReached = true
    while isReached {
      call += 1
      let disk = MemoryDisk()
      let system = journal.system(MemoryFileSystem(on: disk))
      _ = try Profiles(root: "/root", system: system).perform(.start(session: "s1"), on: acme)
      disk.remove("/root/.sessions")
      let files = MemoryFileSystem(on: disk)
      var calls = 0
      isReached = false
      files.onOperation = { _ in
        calls += 1
        guard calls == call else { return }
        isReached = true
        let other = SessionIndex(root: "/root", system: system)
        do {
          #expect(try other.journal(of: "nobody") == nil)
        } catch {
          Issue.record(error, "at call \(call)")
        }
      }
      let index = SessionIndex(root: "/root", system: journal.system(files))
      #expect(try index.journal(of: "s1") == acme, "at call \(call)")
    }
    #expect(call > 4)
  }

  @Test("finds it by its entry where the state does not come so far")
  func inDoubt() throws {
    let disk = MemoryDisk()
    var lines = Self.longLines()
    let last = lines.head
    let data = #"{"tracks":[]}"#
    func start(_ session: String, seq: Int64, prev: Digest, durable: Int64 = 0) -> [UInt8] {
      RawLines.line(
        "session.started", seq: seq, prev: prev, durable: durable, subject: session, data: data)
    }
    lines.put(start("s1", seq: 4, prev: last.hash))
    // What came second here was history once: an entry behind it says that it was durable.
    let other = start("s2", seq: 4, prev: last.hash)
    lines.put(other)
    lines.put(start("s3", seq: 5, prev: Digest(of: other), durable: 4))
    disk.put(lines.bytes, at: segment)
    let files = MemoryFileSystem(on: disk)
    let replay = try journal.reader(files).state(Profile.self)
    #expect(replay.damage != nil)
    #expect(try replay.state.session("s1") == nil)
    let index = SessionIndex(root: "/root", system: journal.system(files))
    index.add("s1", in: try JournalName("acme"))
    #expect(try index.journal(of: "s1")?.text == "acme")
  }
}
