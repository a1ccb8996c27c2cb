import JournalEngine
import JournalTestSupport
import Testing

@Suite("The lines of findings")
struct LineNumbersTests {
  @Test("are those of the file, blank and torn ones and such as are too long counted")
  func lines() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    lines.put("")
    lines.put("torn")
    lines.put(String(repeating: "x", count: 3_000_000))
    lines.add(tag: "a")
    lines.put("torn too")
    lines.putRaw("unfinished")
    journal.put(lines)
    let found = try journal.reader().verify().findings
    #expect(found.map(\.kind) == [.torn, .torn, .torn, .unfinished])
    #expect(found.map(\.line) == [3, 4, 6, 7])
  }

  @Test("begin anew with each file")
  func segments() throws {
    let journal = try TestJournal()
    var first = RawLines()
    first.open("j")
    let seal = first.seal()
    first.put("behind the seal")
    journal.put(first)
    var second = RawLines(on: seal)
    second.add(tag: "a")
    second.put("torn")
    journal.put(second, segment: 3)
    let found = try journal.reader().verify().findings
    #expect(found.map(\.line) == [3, 2])
    #expect(found.map(\.file) == [journal.path(1), journal.path(3)])
  }

  @Test("There is none in a file that is not there")
  func missing() throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    journal.put(lines, segment: 5)
    let found = try journal.reader().verify().findings
    #expect(found.map(\.kind) == [.damage])
    #expect(found.map(\.line) == [nil])
  }
}
