import JournalEngine
import JournalTestSupport
import Testing

@Suite("What a crash left behind")
struct RecoveredTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  private func notes() throws -> [JSON] {
    try journal.entries().filter { $0.type == "journal.recovered" }
      .flatMap { try $0.object()["debris"]?.array ?? [] }
  }

  @Test("is noted once, with its place and SHA-256, by the next entry")
  func noted() throws {
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a", durable: 1)
    let start = lines.bytes.count
    lines.putRaw("{\"seq\":3,\n")
    lines.putRaw("garbage\n")
    journal.put(lines)
    let writer = try journal.writer()
    try writer.append(Tally.Event("b"))
    try writer.append(Tally.Event("c"))
    try journal.writer().append(Tally.Event("d"))
    let bytes = Array(lines.bytes[start..<lines.bytes.count - 1])
    #expect(
      try notes() == [
        [
          "segment": 1, "offset": .number(JSONNumber(start)),
          "length": .number(JSONNumber(bytes.count)),
          "sha256": .string(Digest(of: bytes).description),
        ]
      ])
    #expect(try journal.tally().tags == ["a", "b", "c", "d"])
  }

  @Test("at the very end is noted once it is closed")
  func unfinished() throws {
    var lines = RawLines()
    lines.open("j")
    journal.put(lines)
    journal.disk.append(Array(#"{"seq":2"#.utf8), to: journal.path())
    try journal.writer().append(Tally.Event("a"))
    #expect(try notes().isEmpty)
    try journal.writer().append(Tally.Event("b"))
    #expect(try notes().count == 1)
  }

  @Test("by a lost race is nobody's debris")
  func lostRace() throws {
    let system = MemoryFileSystem(on: journal.disk)
    let one = try journal.writer(on: system)
    try one.append(Tally.Event("a"))
    let two = try journal.writer()
    system.onOperation = {
      guard $0.kind == .append else { return }
      system.onOperation = nil
      _ = try? two.append(Tally.Event("b"))
    }
    try one.append(Tally.Event("c"))
    try one.append(Tally.Event("d"))
    #expect(try journal.voidLines().map(\.kind) == [.lostRace])
    #expect(try notes().isEmpty)
  }
}
