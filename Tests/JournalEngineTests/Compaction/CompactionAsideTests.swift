import Dispatch
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
  }

  /// A clock by which jobs on other threads take a while, and which says when one has begun.
  private final class SlowElsewhere: WallClock {
    private let clock: ManualClock
    private let own = pthread_self()
    private let begun = DispatchSemaphore(value: 0)

    init(_ clock: ManualClock) { self.clock = clock }

    func now() -> Timestamp { clock.now() }

    func elapsed() -> Duration {
      if pthread_equal(pthread_self(), own) == 0 {
        begun.signal()
        usleep(20_000)
      }
      return clock.elapsed()
    }

    func pause(_ duration: Duration) { clock.pause(duration) }

    func waitUntilBegun() { begun.wait() }
  }

  private let journal: TestJournal
  private let system: MemoryFileSystem
  private let jobs = Jobs()
  private let clock: SlowElsewhere
  private var options = WriteOptions(snapshots: .every(20))

  init() throws {
    journal = try TestJournal()
    system = MemoryFileSystem(on: journal.disk)
    clock = SlowElsewhere(journal.clock)
    options.tableTiers.smallest = 3
  }

  /// One whose first snapshot took its time, and which has put off the second one as long as it may.
  private func writerInAHurry() throws -> JournalWriter<Tally> {
    let clock = journal.clock
    system.onOperation = { operation in
      if operation.path.hasSuffix(".tmp") { clock.advance(by: .milliseconds(10)) }
    }
    let writer = try writer()
    try append(99, to: writer)
    system.onOperation = nil
    return writer
  }

  private func writer() throws -> JournalWriter<Tally> {
    let jobs = self.jobs
    return try JournalWriter(
      journal.name, in: journal.root,
      system: JournalSystem(
        fileSystem: system, clock: clock, random: journal.random, aside: { jobs.add($0) }),
      options: options)
  }

  /// Begins the job on another thread, where it takes a while.
  private func beginJob() {
    Thread.detachNewThread { [jobs] in jobs.run() }
    clock.waitUntilBegun()
  }

  private func append(_ count: Int, to writer: JournalWriter<Tally>) throws {
    for index in 0..<count { try writer.append(Tally.Event("\(index)")) }
  }

  /// The entry that the newest snapshot covers.
  private func newest() throws -> Int64 { try journal.reader().state(Tally.self).start.seq }

  @Test("takes the idempotency keys to tables, which are known all the while")
  func keys() throws {
    let writer = try writerInAHurry()
    func append(_ range: Range<Int>, isNew: Bool) throws {
      for number in range {
        let receipt = try writer.append(Tally.Event("k"), id: "key \(number)")
        #expect(receipt.isRepeated != isNew, "\(number)")
      }
    }
    try append(0..<30, isNew: true)
    #expect(writer.fold.keys.settledCount == 0)
    jobs.run()
    try append(30..<40, isNew: true)
    #expect(writer.fold.keys.settledCount == 30)
    try append(0..<40, isNew: false)
    try writer.close()
    let later = try self.writer()
    #expect(later.fold.keys.end == 40)
    #expect(try later.append(Tally.Event("k"), id: "key 7").isRepeated)
    #expect(try !later.append(Tally.Event("k"), id: "key 40").isRepeated)
  }

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

  @Test("goes on from what the writer knew, and reads only what came since")
  func readsLittle() throws {
    let writer = try writerInAHurry()
    try append(30, to: writer)
    let line = journal.bytes().count / Int(writer.head.seq)
    let before = system.reads.count
    jobs.run()
    let read = system.reads[before...].filter { $0.path == journal.path() }
      .reduce(0) { $0 + $1.got }
    // Twice, once for repairs; and the line that it goes on from.
    #expect(read < 65 * line, "\(read) bytes of lines with \(line)")
    #expect(try newest() == 130)
    #expect(try journal.reader().state(Tally.self).state == journal.tally())
    #expect(try journal.reader().verify(as: Tally.self).findings.isEmpty)
    try append(1, to: writer)
    #expect(writer.state == (try journal.tally()))
  }

  @Test("begins at a snapshot where what the writer knew was dropped or given up meanwhile")
  mutating func gone() throws {
    options.segmentLimit = 2000
    for isPruned in [true, false] {
      let journal = try TestJournal()
      let jobs = Jobs()
      let files = MemoryFileSystem(on: journal.disk)
      files.onOperation = { operation in
        if operation.path.hasSuffix(".tmp") { journal.clock.advance(by: .milliseconds(10)) }
      }
      let writer = try JournalWriter<Tally>(
        journal.name, in: journal.root,
        system: JournalSystem(
          fileSystem: files, clock: journal.clock, random: journal.random,
          aside: { jobs.add($0) }), options: options)
      try append(99, to: writer)
      #expect(jobs.count == 1)
      let other = try journal.writer(
        options: WriteOptions(segmentLimit: 2000, snapshots: .never))
      if isPruned {
        try append(30, to: other)
        #expect(try other.compact(CompactionOptions(pruneBefore: .head)).pruned.count > 3)
      } else {
        let entry = try #require(try journal.entries().last { $0.seq == 90 })
        let path = journal.path(entry.place.segment)
        var bytes = try #require(journal.disk.bytes(of: path))
        bytes[Int(entry.place.offset) + 39] ^= 1
        journal.disk.put(bytes, at: path)
        _ = try JournalRepair(journal.reader()).apply()
        try append(30, to: try journal.writer(options: WriteOptions(snapshots: .never)))
      }
      jobs.run()
      try append(1, to: writer)
      #expect(writer.compactionFailure == nil)
      let state = try journal.reader().state(Tally.self)
      #expect(state.warnings.isEmpty)
      #expect(state.state == writer.state)
      #expect(try journal.reader().verify(as: Tally.self).isSound)
    }
  }

  @Test("counts for its own time alone, however long nobody appends")
  func idle() throws {
    let writer = try writerInAHurry()
    jobs.run()
    journal.clock.advance(by: .seconds(3600))
    try append(1, to: writer)
    try append(60, to: writer)
    #expect(jobs.count == 0)
    #expect(try newest() > 100, "it is not in a hurry any more, and made it itself")
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is waited for by one that outruns it by far")
  func farBehind() throws {
    let writer = try writerInAHurry()
    try append(239, to: writer)
    #expect(try newest() == 20)
    beginJob()
    try append(1, to: writer)
    #expect(try newest() >= 339)
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is made by the writer where others are still before it and it is outrun by far")
  func farBehindOthers() throws {
    let writer = try writerInAHurry()
    try append(239, to: writer)
    #expect(try newest() == 20)
    try append(1, to: writer)
    #expect(try newest() == 340)
    jobs.run()
    #expect(try newest() == 340, "it was dropped")
    #expect(writer.state == (try journal.tally()))
  }

  @Test("is waited for when the writer is closed")
  func close() throws {
    let writer = try writerInAHurry()
    beginJob()
    try writer.close()
    #expect(try newest() == 100)
  }

  @Test("is made by a writer that is closed before it has begun")
  func closeBefore() throws {
    let writer = try writerInAHurry()
    try writer.close()
    #expect(try newest() == 100)
    jobs.run()
    #expect(try newest() == 100)
  }

  @Test("is dropped by a writer that is dead")
  func dead() throws {
    let writer = try writerInAHurry()
    system.fail(.syncData, .error(.planned(.io)))
    #expect(throws: JournalError.self) { try append(1, to: writer) }
    try writer.close()
    jobs.run()
    #expect(try newest() == 20)
  }

  @Test("is waited for by a compaction that is asked for")
  func compact() throws {
    let writer = try writerInAHurry()
    try append(5, to: writer)
    beginJob()
    let done = try writer.compact()
    #expect(done.head.seq == 105)
    #expect(done.snapshot == nil, "it is there")
    #expect(writer.state == (try journal.tally()))
  }

  @Test("and has failed is made by the writer when it is closed")
  func failedAtClose() throws {
    let writer = try writerInAHurry()
    system.chooseFault = { $0.path.hasSuffix(".tmp") ? .error(.planned(.diskFull)) : nil }
    jobs.run()
    system.chooseFault = nil
    try writer.close()
    #expect(try newest() == 100)
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
    let writer = try writer()
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
