import JournalEngine
import JournalTestSupport
import Testing

/// Each call of a small run of work fails once, one after the other: whatever the caller is told
/// must be true of the bytes.
@Suite("A fault at any call")
struct FaultEverywhereTests {
  private enum Answer: Equatable {
    case recorded, refused, unknown
  }

  /// Opens, appends three times with keys, and closes; what was answered for each tag.
  private func work(_ journal: TestJournal, _ system: MemoryFileSystem) -> [String: Answer] {
    var answers: [String: Answer] = [:]
    guard let writer = try? journal.writer(on: system) else { return [:] }
    for tag in ["a", "b", "c"] {
      do {
        try writer.append(Tally.Event(tag), Tally.Event(tag + "2"), id: tag)
        answers[tag] = .recorded
      } catch let error as JournalError
        where error.code == .outcomeUnknown || error.code == .syncFailed
      {
        answers[tag] = .unknown
      } catch {
        answers[tag] = .refused
      }
    }
    return answers
  }

  private func check(_ journal: TestJournal, _ answers: [String: Answer], _ what: String) throws {
    // Whoever comes next can work, and finds what was acknowledged, once.
    let next = try journal.writer()
    try next.append(Tally.Event("next"))
    let tally = try journal.tally()
    #expect(next.state == tally, "\(what)")
    #expect(Set(tally.tags).count == tally.tags.count, "\(what): \(tally.tags)")
    for (tag, answer) in answers {
      let isThere = tally.tags.contains(tag)
      #expect(isThere == tally.tags.contains(tag + "2"), "\(what): all or none")
      if answer != .unknown { #expect(isThere == (answer == .recorded), "\(what): \(tag)") }
      let again = try next.append(Tally.Event(tag), Tally.Event(tag + "2"), id: tag)
      #expect(again.isRepeated == isThere, "\(what): \(tag)")
    }
  }

  @Test(
    "leaves true answers, and a journal that goes on",
    arguments: [
      Operation.Kind.journalFolder, .makeFolder, .names, .openForReading, .openForAppending,
      .syncNames, .read, .append, .reserve, .syncData, .size,
    ], [false, true])
  func everyCall(_ kind: Operation.Kind, _ isLate: Bool) throws {
    let code: JournalError.Code = kind == .syncData || kind == .syncNames ? .syncFailed : .io
    for isThereBefore in [false, true] {
      for call in 1...30 {
        let journal = try TestJournal()
        if isThereBefore { try journal.writer().append(Tally.Event("before")) }
        let system = MemoryFileSystem(on: journal.disk)
        system.fail(kind, call: call, isLate ? .late(.planned(code)) : .error(.planned(code)))
        let answers = work(journal, system)
        try check(journal, answers, "\(kind) \(call), late: \(isLate)")
        if system.count(kind) < call { break }
      }
    }
  }

  @Test("and two writers in turn: the one without faults is never wrong either")
  func twoWriters() throws {
    for kind in [Operation.Kind.read, .append, .syncData, .names, .openForReading] {
      for call in 1...12 {
        let journal = try TestJournal()
        let system = MemoryFileSystem(on: journal.disk)
        let code: JournalError.Code = kind == .syncData ? .syncFailed : .io
        system.fail(kind, call: call, .error(.planned(code)))
        let other = try journal.writer()
        var turn = 0
        system.onOperation = { operation in
          guard operation.kind == .append, turn < 3 else { return }
          turn += 1
          do { try other.append(Tally.Event("other \(turn)")) } catch { Issue.record(error) }
        }
        let answers = work(journal, system)
        system.onOperation = nil
        try other.refresh()
        #expect(other.state == (try journal.tally()))
        try check(journal, answers, "\(kind) \(call), beside another")
      }
    }
  }
}
