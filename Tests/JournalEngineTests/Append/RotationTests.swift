import JournalEngine
import JournalTestSupport
import Testing

@Suite("A segment that has grown past its limit")
struct RotationTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  private func segments() -> [String] { journal.disk.paths }

  @Test("ends with a seal in the same write, and the next append begins the next segment")
  func seal() throws {
    let writer = try journal.writer(options: WriteOptions(segmentLimit: 600))
    for tag in ["a", "b", "c", "d"] { try writer.append(Tally.Event(tag)) }
    #expect(segments().count > 1)
    let types = try types()
    #expect(types.filter { $0 == "journal.sealed" }.count == segments().count - 1)
    #expect(try journal.reader().replay(Tally.self).state.tags == ["a", "b", "c", "d"])
    #expect(try journal.reader().verify().isSound)
  }

  @Test("is closed once by writers that do not know of one another")
  func twoWriters() throws {
    let options = WriteOptions(segmentLimit: 600)
    let one = try journal.writer(options: options)
    let two = try journal.writer(options: options)
    for index in 0..<6 {
      try one.append(Tally.Event("a\(index)"))
      try two.append(Tally.Event("b\(index)"))
    }
    let verified = try journal.reader().verify()
    #expect(verified.isSound)
    #expect(try journal.reader().replay(Tally.self).state.tags.count == 12)
    #expect(try types().filter { $0 == "journal.sealed" }.count == segments().count - 1)
  }

  @Test("is named by the seq that follows the seal")
  func names() throws {
    let writer = try journal.writer(options: WriteOptions(segmentLimit: 1))
    try writer.append(Tally.Event("a"))
    try writer.append(Tally.Event("b"))
    // opened, a, seal; b, seal.
    #expect(
      segments().map { $0.suffix(27) }
        == ["00000000000000000001.ndjson", "00000000000000000004.ndjson"])
  }

  private func types() throws -> [String] {
    var types: [String] = []
    try journal.reader().forEach { entry in
      types.append(entry.type)
      return true
    }
    return types
  }
}
