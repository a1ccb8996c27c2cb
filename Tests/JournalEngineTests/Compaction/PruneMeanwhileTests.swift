import JournalEngine
import JournalTestSupport
import Testing

/// At every call of one who begins to read, another process drops the segment where that begins.
@Suite("While history is dropped")
struct PruneMeanwhileTests {
  private static let options = WriteOptions(segmentLimit: 900, snapshots: .never)

  /// Runs `body` once for each of its calls, while the other acts there, until it makes no more.
  private func meanwhile(
    _ act: @escaping (JournalWriter<Tally>) throws -> Void = {
      try $0.compact(CompactionOptions(pruneBefore: .head))
    },
    _ body: (TestJournal, MemoryFileSystem, _ place: String) throws -> Void
  ) throws {
    var call = 0
    var isReached = true
    while isReached {
      call += 1
      let journal = try TestJournal()
      let other: JournalWriter<Tally> = try journal.writer(options: Self.options)
      // In the middle of a segment, so that its last lines have to be read from it.
      for tag in 0..<6 { try other.append(Tally.Event("\(tag)")) }
      try other.compact()
      for tag in 6..<12 { try other.append(Tally.Event("\(tag)")) }
      let files = MemoryFileSystem(on: journal.disk)
      isReached = false
      var calls = 0
      files.onOperation = { _ in
        calls += 1
        guard calls == call else { return }
        isReached = true
        do {
          try act(other)
        } catch {
          Issue.record(error, "at call \(call)")
        }
      }
      try body(journal, files, "at call \(call)")
    }
  }

  private let tags = (0..<12).map { "\($0)" }

  @Test("a state is read as it is, and nothing looks like damage")
  func state() throws {
    try meanwhile { journal, files, place in
      let read = try journal.reader(on: files).state(Tally.self)
      #expect(read.state.tags == tags, "\(place)")
      #expect(read.damage == nil, "\(place)")
      #expect(read.warnings.isEmpty, "\(place)")
    }
  }

  @Test("a journal is opened for writing")
  func writer() throws {
    try meanwhile { journal, files, place in
      let writer: JournalWriter<Tally> = try journal.writer(on: files, options: Self.options)
      try writer.append(Tally.Event("more"))
      #expect(writer.state.tags == tags + ["more"], "\(place)")
      try writer.close()
    }
  }

  @Test("a replay is of all, or of what is left")
  func replay() throws {
    try meanwhile { journal, files, place in
      let read = try journal.reader(on: files).replay(Tally.self)
      #expect(read.state.tags == tags, "\(place)")
      #expect(read.damage == nil, "\(place)")
    }
  }

  @Test("history is dropped, though another compaction keeps no snapshot but its own")
  func twoCompactions() throws {
    try meanwhile { other in
      try other.append(Tally.Event("other"))
      try other.compact(CompactionOptions(keep: 1))
    } _: { journal, files, place in
      let writer: JournalWriter<Tally> = try journal.writer(on: files, options: Self.options)
      do {
        try writer.compact(CompactionOptions(pruneBefore: .head))
      } catch {
        Issue.record(error, "\(place)")
      }
      try writer.close()
      #expect(try journal.reader().verify(as: Tally.self).isSound, "\(place)")
      #expect(try journal.tally().tags.prefix(12) == tags[...], "\(place)")
    }
  }

  @Test("a journal is verified as sound")
  func verify() throws {
    try meanwhile { journal, files, place in
      let found = try journal.reader(on: files).verify(as: Tally.self)
      #expect(found.isSound, "\(place): \(found.findings)")
    }
  }
}
