import JournalEngine
import JournalTestSupport
import Testing

/// What others acknowledge after a failed sync rests on what is on the disk, not on pages that
/// only look clean.
@Suite("A disk that forgets what a failed sync was to write")
struct ForgetfulDiskTests {
  let disk: ForgetfulDisk
  var journal: TestJournal { disk.journal }

  init() throws {
    disk = try ForgetfulDisk()
    try journal.writer().append(Tally.Event("before"))
  }

  /// Another process appends, and the power fails.
  private func checkTheNextWriter() throws {
    try journal.writer().append(Tally.Event("next"))
    let after = try disk.afterPowerFailure()
    let replay = try after.reader().replay(Tally.self)
    #expect(replay.damage == nil)
    #expect(replay.state.tags == ["before", "next"])
    try after.writer().append(Tally.Event("after"))
  }

  @Test("A writer that was told acknowledges nothing more, and misleads nobody")
  func writer() throws {
    let writer = try journal.writer(options: WriteOptions(durability: .none))
    try writer.append(Tally.Event("never synced"))
    let failing = disk.failingSystem()
    #expect { try journal.writer(on: failing) } throws: { isSyncFailure($0) }
    try checkTheNextWriter()
  }

  @Test("Nor does the writer whose own append it was")
  func ownAppend() throws {
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    system.chooseFault = disk.failingSystem().chooseFault
    #expect { try writer.append(Tally.Event("lost")) } throws: { isSyncFailure($0) }
    #expect { try writer.append(Tally.Event("later")) } throws: { isSyncFailure($0) }
    try checkTheNextWriter()
  }

  @Test("Nor does a reader that asked for the head")
  func head() throws {
    let writer = try journal.writer(options: WriteOptions(durability: .none))
    try writer.append(Tally.Event("never synced"))
    let reader = journal.reader(on: disk.failingSystem())
    #expect { try reader.head() } throws: { isSyncFailure($0) }
    try checkTheNextWriter()
  }

  @Test("Nor does a follower")
  func follower() async throws {
    let writer = try journal.writer(options: WriteOptions(durability: .none))
    try writer.append(Tally.Event("never synced"))
    var iterator = journal.reader(on: disk.failingSystem()).follow().makeAsyncIterator()
    await #expect(throws: JournalError.self) { while try await iterator.next() != nil {} }
    try checkTheNextWriter()
  }

  private func isSyncFailure(_ error: any Error) -> Bool {
    guard let error = error as? JournalError else { return false }
    return error.code == .syncFailed && error.file != nil
  }
}
