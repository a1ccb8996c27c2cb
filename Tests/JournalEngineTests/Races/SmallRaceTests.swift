import JournalEngine
import JournalTestSupport
import Testing

/// Few processes that do little, in every order of their calls on the files, as far as it goes:
/// first the orders that interrupt nobody, then those that interrupt once, and so on.
@Suite("Small races, order by order")
struct SmallRaceTests {
  private static let races = [
    Race(
      "two begin a journal",
      [
        ScheduledProcess(.open, .append(["a"])),
        ScheduledProcess(.open, .append(["b"])),
      ]),
    Race(
      "two append to a journal",
      [
        ScheduledProcess(.open, .append(["a", "a2"])),
        ScheduledProcess(.open, .append(["b"])),
      ], prepare: begun),
    Race(
      "two with the same key",
      [
        ScheduledProcess(.open, .append(["a"], id: "key"), .append(["c"], id: "key"), .refuse),
        ScheduledProcess(.open, .append(["b"], id: "key")),
      ], prepare: begun),
    Race(
      "two append behind a line without its newline",
      [
        ScheduledProcess(.open, .append(["a"])),
        ScheduledProcess(.open, .append(["b"])),
      ], asked: ["open"], prepare: unclosed),
    Race(
      "a compactor, a writer and a reader",
      [
        ScheduledProcess(.open, .compact),
        ScheduledProcess(.open, .append(["a"])),
        ScheduledProcess(.state, .state),
      ], prepare: begun),
    Race(
      "two compactors, one of which writes",
      [
        ScheduledProcess(.open, .compact),
        ScheduledProcess(.open, .append(["a"]), .compact, .append(["b"])),
      ], prepare: begun),
    Race(
      "a writer and a reader",
      [
        ScheduledProcess(.open, .append(["a", "a2"]), .append(["b"])),
        ScheduledProcess(.head, .replay, .head),
      ], prepare: begun),
    Race(
      "a writer and one who refuses",
      [
        ScheduledProcess(.open, .append(["a"]), .append(["b"])),
        ScheduledProcess(.open, .refuse, .refresh, .refuse),
      ], prepare: begun),
    Race(
      "two go on to the next segment",
      [
        ScheduledProcess(.open, .append(["a"]), .append(["b"]), options: rotating),
        ScheduledProcess(.open, .append(["c"]), options: rotating),
      ], prepare: begun),
    Race(
      "a reader beside one who goes on to the next segment",
      [
        ScheduledProcess(.open, .append(["a"]), .append(["b"]), options: rotating),
        ScheduledProcess(.replay, .head),
      ], prepare: begun),
    Race(
      "three append",
      [
        ScheduledProcess(.open, .append(["a"])),
        ScheduledProcess(.open, .append(["b"])),
        ScheduledProcess(.open, .append(["c"])),
      ], prepare: begun),
  ]

  /// Every append closes its segment.
  private static let rotating = WriteOptions(attempts: 1000, segmentLimit: 1)

  /// Ends with a whole line, but for its newline: it counts once anybody closes it.
  @Sendable private static func unclosed(_ journal: TestJournal) {
    var lines = RawLines()
    lines.open(journal.name.text)
    let next = RawLines.line(seq: 2, prev: lines.head.hash, data: #"{"tag":"open"}"#)
    journal.disk.put(lines.bytes + next, at: journal.path())
  }

  @Sendable private static func begun(_ journal: TestJournal) throws {
    try journal.writer().append(Tally.Event("before"))
  }

  @Test("Each answer is explained by one order of all calls", arguments: races.indices)
  func smallRace(_ index: Int) async throws {
    try await Self.races[index].search(300)
  }
}
