import Foundation
import JournalTestSupport
import Synchronization
import Testing

@testable import JournalEngine

@Suite("A snapshot that a writer in a hurry leaves to another handle")
struct CompactionAsideTests {
  /// Jobs that wait until the test runs them.
  private final class Jobs: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    var count: Int { waiting.withLock { $0.count } }

    func add(_ job: @escaping @Sendable () -> Void) { waiting.withLock { $0.append(job) } }

    func run() {
      let jobs = waiting.withLock { jobs in
        defer { jobs = [] }
        return jobs
      }
      for job in jobs { job() }
    }

    /// Runs them on another thread, in a moment.
    func runSoon() {
      Thread.detachNewThread { [self] in
        usleep(50_000)
        run()
      }
    }
  }

  private let journal: TestJournal
  private let system: MemoryFileSystem
  private let jobs = Jobs()
  private var options = WriteOptions(snapshots: .every(20))

  init() throws {
    journal = try TestJournal()
    system = MemoryFileSystem(on: journal.disk)
    options.tableTiers.smallest = 3
  }

  /// One whose first snapshot took its time, and which has put off the second one as long as it may.
  private func writerInAHurry() throws -> JournalWriter<Tally> {
    let clock = journal.clock
    system.onOperation = { operation in
      if operation.path.hasSuffix(".tmp") { clock.advance(by: .milliseconds(10)) }
    }
    let jobs = self.jobs
    let writer = try JournalWriter<Tally>(
      journal.name, in: journal.root, system: journal.system(system) { jobs.add($0) },
      options: options)
    try append(99, to: writer)
    system.onOperation = nil
    return writer
  }

  private func append(_ count: Int, to writer: JournalWriter<Tally>) throws {
    for index in 0..<count { try writer.append(Tally.Event("\(index)")) }
  }

  /// The entry that the newest snapshot covers.
  private func newest() throws -> Int64 { try journal.reader().state(Tally.self).start.seq }

  @Test("is made while it goes on, and then its state rests on the same tables")
  func goesOn() throws {
    let writer = try writerInAHurry()
    #expect(try newest() == 20)
    #expect(jobs.count == 1)
    try append(30, to: writer)
    #expect(jobs.count == 1, "one at a time")
    #expect(writer.state.settledCount == 19)
    jobs.run()
    #expect(try newest() == 130)
    #expect(writer.state.settledCount == 19, "not in the midst of nothing")
    try append(1, to: writer)
    #expect(writer.state.settledCount == 129)
    #expect(writer.state == (try journal.tally()))
    try append(79, to: writer)
    #expect(jobs.count == 0)
    #expect(try journal.reader().verify(as: Tally.self).findings.isEmpty)
  }

  @Test("is asked for again when it has put off the next one as long")
  func again() throws {
    let writer = try writerInAHurry()
    let clock = journal.clock
    jobs.run()
    system.onOperation = { operation in
      if operation.kind == .append { clock.advance(by: .milliseconds(1)) }
    }
    try append(1, to: writer)
    clock.advance(by: .seconds(1))
    try append(40, to: writer)
    #expect(jobs.count == 0, "it is not in a hurry any more, and made it itself")
    #expect(try newest() > 110)
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is waited for by one that outruns it by far")
  func farBehind() throws {
    let writer = try writerInAHurry()
    try append(239, to: writer)
    #expect(try newest() == 20)
    jobs.runSoon()
    try append(1, to: writer)
    #expect(try newest() == 340)
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is waited for when the writer is closed")
  func close() throws {
    let writer = try writerInAHurry()
    jobs.runSoon()
    try writer.close()
    #expect(try newest() == 100)
  }

  @Test("is waited for by a compaction that is asked for")
  func compact() throws {
    let writer = try writerInAHurry()
    try append(5, to: writer)
    jobs.runSoon()
    let done = try writer.compact()
    #expect(done.head.seq == 105)
    #expect(done.snapshot == nil, "it is there")
    #expect(writer.state == (try journal.tally()))
  }

  @Test("and cannot be written costs no entry, is told, and is tried again later")
  func failed() throws {
    let writer = try writerInAHurry()
    system.chooseFault = { $0.path.hasSuffix(".tmp") ? .error(.planned(.diskFull)) : nil }
    jobs.run()
    system.chooseFault = nil
    try append(1, to: writer)
    #expect(writer.compactionFailure?.code == .diskFull)
    #expect(jobs.count == 0)
    try append(200, to: writer)
    #expect(writer.compactionFailure == nil)
    #expect(try newest() > 100)
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is not taken over where a repair has given up what it covers")
  func repaired() throws {
    let writer = try writerInAHurry()
    let entry = try #require(try journal.entries().last { $0.seq == 50 })
    system.onOperation = { operation in
      guard operation.kind == .rename, operation.path.contains("tally-1.snapshot") else { return }
      system.onOperation = nil
      do {
        var bytes = journal.bytes()
        bytes[Int(entry.place.offset) + 39] ^= 1
        journal.disk.put(bytes, at: journal.path())
        _ = try JournalRepair(journal.reader()).apply()
        _ = try? append(1, to: writer)
        try append(70, to: writer)
      } catch {
        Issue.record(error)
      }
    }
    jobs.run()
    #expect(system.onOperation == nil)
    #expect(writer.head.seq > 100)
    try append(1, to: writer)
    #expect(writer.state == (try journal.tally()))
    #expect(writer.state.settledCount == 19)
  }

  @Test("is made by the writer itself where only one handle may append")
  mutating func singleWriter() throws {
    options.singleWriter = true
    let writer = try writerInAHurry()
    #expect(jobs.count == 0)
    #expect(try newest() == 100)
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is not made where another process has made one meanwhile")
  func another() throws {
    let clock = journal.clock
    system.onOperation = { operation in
      if operation.path.hasSuffix(".tmp") { clock.advance(by: .milliseconds(10)) }
    }
    let jobs = self.jobs
    let writer = try JournalWriter<Tally>(
      journal.name, in: journal.root, system: journal.system(system) { jobs.add($0) },
      options: options)
    try append(98, to: writer)
    try journal.writer(Tally.self, options: options).compact()
    try append(1, to: writer)
    #expect(jobs.count == 0)
    try append(78, to: writer)
    #expect(jobs.count == 0)
    try append(1, to: writer)
    #expect(jobs.count == 1)
    jobs.run()
  }
}
