import Foundation
import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("Appends that wait together")
struct GroupCommitTests {
  private func request(_ tag: String) -> AppendRequest<Tally> {
    AppendRequest(by: nil, id: nil, decide: { _ in [Tally.Event(tag)] })
  }

  @Test("share one write and one sync, each decided on the state that the ones before leave")
  func shared() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    try writer.append(Tally.Event("a"))
    let (appends, syncs) = (system.count(.append), system.count(.syncData))
    let requests = (0..<100).map { _ in
      AppendRequest<Tally>(
        by: nil, id: nil, decide: { [Tally.Event("after \($0.tags.count)")] })
    }
    writer.commit(requests)
    #expect(system.count(.append) == appends + 1)
    #expect(system.count(.syncData) == syncs + 1)
    #expect(try requests.map { try #require($0.outcome).get().seqs } == (3...102).map { $0...$0 })
    #expect(try journal.tally().tags == ["a"] + (1...100).map { "after \($0)" })
  }

  @Test("are joined by those who come while they are decided, until nobody does")
  func joined() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    try writer.append(Tally.Event("a"))
    let (appends, syncs) = (system.count(.append), system.count(.syncData))
    let requests = ["b", "c", "d", "e"].map(request)
    var coming = [requests[1...2], requests[3...3]]
    writer.commit([requests[0]]) { coming.isEmpty ? [] : Array(coming.removeFirst()) }
    #expect(try requests.map { try #require($0.outcome).get().seqs } == (3...6).map { $0...$0 })
    #expect(system.count(.append) == appends + 1)
    #expect(system.count(.syncData) == syncs + 1)
    #expect(try journal.tally().tags == ["a", "b", "c", "d", "e"])
  }

  @Test("and were joined are decided again together where the race is lost")
  func joinedAndLost() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    let other = try journal.writer()
    try other.append(Tally.Event("a"))
    let requests = ["b", "c", "e"].map(request)
    var coming = requests.dropFirst()
    system.onOperation = { operation in
      guard operation.kind == .append else { return }
      system.onOperation = { _ in }
      do { try other.append(Tally.Event("first")) } catch { Issue.record(error) }
    }
    writer.commit([requests[0]]) { coming.popFirst().map { [$0] } ?? [] }
    for request in requests { _ = try #require(request.outcome).get() }
    #expect(try journal.tally().tags == ["a", "first", "b", "c", "e"])
  }

  @Test("are joined by nobody who would share the attempts that were lost before")
  func joinedLate() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: WriteOptions(attempts: 3))
    let other = try journal.writer()
    try other.append(Tally.Event("a"))
    var losses = 0
    system.onOperation = { operation in
      guard operation.kind == .append else { return }
      losses += 1
      do { try other.append(Tally.Event("first")) } catch { Issue.record(error) }
    }
    let late = request("late")
    writer.commit([request("b")]) { losses == 0 ? [] : [late] }
    #expect(losses == 3)
    #expect(late.outcome == nil)
  }

  @Test("and were joined are told what befell the write")
  func joinedAndFailed() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    system.fail(.append, .error(.planned(.diskFull)))
    let requests = ["a", "b"].map(request)
    var coming = requests.dropFirst()
    writer.commit([requests[0]]) { coming.popFirst().map { [$0] } ?? [] }
    for request in requests {
      let outcome = try #require(request.outcome)
      let error = #expect(throws: JournalError.self) { try outcome.get() }
      #expect(error?.code == .diskFull)
    }
    #expect(try journal.tally().tags == [])
  }

  @Test("for another kind of journal are refused")
  func otherProjection() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let stranger = AppendRequest<Ledger>(by: nil, id: nil) { _ in [.deposited(cents: 1)] }
    writer.commit([request("a"), stranger])
    let outcome = try #require(stranger.outcome)
    #expect(throws: JournalError.self) { try outcome.get() }
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("are cut into several writes where they are many megabytes, and share the sync")
  func large() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    let text = String(repeating: "x", count: 1_000_000)
    let requests = (0..<12).map { request(text + "\($0)") }
    writer.commit(requests)
    #expect(try requests.map { try #require($0.outcome).get().seqs?.first } == (2...13).map { $0 })
    #expect(system.count(.append) == 3)
    #expect(system.count(.syncData) == 1)
  }

  @Test("and were written before a repair gave them up are not told that they stand")
  func repairedBetween() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system, options: WriteOptions(snapshots: .never))
    for tag in ["a", "b", "c"] { try writer.append(Tally.Event(tag)) }
    var isRepaired = false
    system.onOperation = { _ in
      guard !isRepaired, journal.bytes().count > 1_000_000 else { return }
      isRepaired = true
      // A digit of the time of an old line.
      guard let entry = try? journal.entries().last(where: { $0.seq == 3 }) else { return }
      var bytes = journal.bytes()
      bytes[Int(entry.place.offset) + 39] ^= 1
      journal.disk.put(bytes, at: journal.path())
      _ = try? JournalRepair(journal.reader()).apply()
    }
    let text = String(repeating: "x", count: 1_000_000)
    let requests = (0..<8).map { request(text + "\($0)") }
    writer.commit(requests)
    #expect(isRepaired)
    let tags = try journal.tally().tags
    for (number, request) in requests.enumerated() {
      let stands = tags.contains(text + "\(number)")
      switch try #require(request.outcome) {
      case .success: #expect(stands, "\(number)")
      case .failure(let error):
        #expect((error as? JournalError)?.code == .outcomeUnknown && !stands, "\(number)")
      }
    }
    #expect(tags.prefix(1) == ["a"] && tags.count > 1 && !tags.contains(text + "0"))
  }

  @Test("are refused one by one, and the others go on without")
  func refusals() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let refused = (0..<3).map { _ in
      AppendRequest<Tally>(by: nil, id: nil, decide: { throw Violation("\($0.tags)") })
    }
    let (a, b) = (request("a"), request("b"))
    writer.commit([refused[0], a, refused[1], b, refused[2]])
    #expect(try journal.tally().tags == ["a", "b"])
    let texts = try refused.map { request in
      let outcome = try #require(request.outcome)
      return try #require(throws: Violation.self) { try outcome.get() }.description
    }
    #expect(texts == ["[]", #"["a"]"#, #"["a", "b"]"#])
  }

  @Test("and were cut short keep what counts, and the rest is tried again", arguments: 0...8)
  func cutShort(_ part: Int) throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    try writer.append(Tally.Event("a"))
    let line = journal.bytes().count / 2
    system.fail(.append, .short(line * part / 2))
    let requests = ["b", "c", "d"].map(request)
    writer.commit(requests)
    let receipts = try requests.map { try #require($0.outcome).get() }
    #expect(try journal.tally().tags == ["a", "b", "c", "d"])
    let entries = try journal.entries().filter { !$0.isEngines }.suffix(3)
    #expect(receipts.flatMap { $0.entries.map(\.place) } == entries.map(\.place))
    #expect(receipts.map(\.seqs) == entries.map { $0.seq...$0.seq })
  }

  @Test("and whose sync failed are none of them acknowledged, refusals too")
  func syncFailed() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    let refused = AppendRequest<Tally>(by: nil, id: nil, decide: { _ in throw Violation("no") })
    let requests = [refused, request("a"), request("b")]
    system.fail(.syncData, .error(.planned(.syncFailed)))
    writer.commit(requests)
    for request in requests {
      let outcome = try #require(request.outcome)
      let error = #expect(throws: JournalError.self) { try outcome.get() }
      #expect(error?.code == .syncFailed)
    }
  }

  @Test(
    "in several writes are none of them acknowledged where the first cannot be sent to the disk")
  func firstOfSeveralWrites() throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    let writer = try journal.writer(on: system)
    try writer.append(Tally.Event("before"))
    // The second waits for what the first one made of its key, and the third behind it for another
    // write.
    let requests = ["k", "k", nil].map { id in
      AppendRequest<Tally>(by: nil, id: id, decide: { _ in [Tally.Event("a")] })
    }
    system.fail(.beginSync, .error(.planned(.syncFailed)))
    let syncs = system.count(.syncData)
    writer.commit(requests)
    for request in requests {
      let outcome = try #require(request.outcome)
      let error = #expect(throws: JournalError.self) { try outcome.get() }
      #expect(error?.code == .syncFailed)
    }
    #expect(system.count(.syncData) == syncs)
  }

  @Test("and look at the state see it right behind their own entries")
  func look() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    var seen: [[String]] = []
    let requests = ["a", "b"].map { tag in
      AppendRequest<Tally>(
        by: nil, id: nil, decide: { _ in [Tally.Event(tag)] },
        look: { state, _ in seen.append(state.tags) })
    }
    writer.commit(requests)
    #expect(seen == [["a"], ["a", "b"]])
  }

  @Test("and look at the state, and throw, are not recorded, and the others are")
  func lookThrows() throws {
    let journal = try TestJournal()
    let writer = try journal.writer()
    let (first, last) = (request("a"), request("c"))
    let thrown = AppendRequest<Tally>(
      by: nil, id: "k", decide: { _ in [Tally.Event("b")] },
      look: { _, _ in throw Violation("seen enough") })
    writer.commit([first, thrown, last])
    let outcome = try #require(thrown.outcome)
    #expect(throws: Violation.self) { try outcome.get() }
    #expect(try journal.tally().tags == ["a", "c"])
    #expect(writer.state.tags == ["a", "c"])
    #expect(try !writer.append(Tally.Event("b"), id: "k").isRepeated)
  }

  @Test("from 64 tasks need far fewer syncs than there are appends")
  func tasks() async throws {
    let journal = try TestJournal()
    let system = MemoryFileSystem(on: journal.disk)
    // A disk takes its time, and that is when the others come.
    system.onOperation = { if $0.kind == .syncData { usleep(1000) } }
    let handle = try await Journal<Tally>.open(
      journal.name, in: journal.root, system: journal.system(system))
    try await handle.append(Tally.Event("first"))
    let syncs = system.count(.syncData)
    let seqs = try await withThrowingTaskGroup(of: Int64?.self) { group in
      for task in 0..<64 {
        group.addTask {
          var last: Int64?
          for turn in 0..<5 {
            last = try await handle.append(Tally.Event("\(task)-\(turn)")).seqs?.last
          }
          return last
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(seqs).count == 64)
    let tally = try journal.tally()
    #expect(tally.tags.count == 321)
    #expect(Set(tally.tags).count == 321)
    #expect(await handle.state == tally)
    #expect(system.count(.syncData) - syncs < 160, "of 320 appends")
    for task in 0..<64 {
      let own = tally.tags.filter { $0.hasPrefix("\(task)-") }
      #expect(own == (0..<5).map { "\(task)-\($0)" }, "each task's appends in its order")
    }
    try await handle.close()
  }

  @Test("through a closed journal are told so")
  func closed() async throws {
    let journal = try TestJournal()
    let handle = try await Journal<Tally>.open(
      journal.name, in: journal.root, system: journal.system(MemoryFileSystem(on: journal.disk)))
    try await handle.append(Tally.Event("a"))
    try await handle.close()
    let error = await #expect(throws: JournalError.self) {
      try await handle.append(Tally.Event("b"))
    }
    #expect(error?.code == .closed)
    #expect(try journal.tally().tags == ["a"])
  }

  @Test("give what was looked at to whoever asked")
  func decideAndLook() async throws {
    let journal = try TestJournal()
    let handle = try await Journal<Ledger>.open(
      journal.name, in: journal.root, system: journal.system(MemoryFileSystem(on: journal.disk)))
    let balance = try await handle.decide { _ in
      [.deposited(cents: 7), .withdrawn(cents: 3)]
    } look: { state, receipt in
      #expect(receipt.seqs == 2...3)
      return state.balance
    }
    #expect(balance == 4)
  }
}
