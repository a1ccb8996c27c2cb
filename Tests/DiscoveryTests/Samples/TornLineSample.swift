import Discovery
import JournalEngine

extension SampleJournal {
  /// Writes that were cut short: none of their bytes count, and none is ever removed.
  static let tornLine = SampleJournal("sample-torn-line") { scene in
    let runner = try scene.open(by: "runner")
    try runner.record(
      "2025-10-06T10:00:00.000000Z",
      .create(fields: ["name": "Quarry Hill Commons", "states": ["VT"], "gardens": 12]))
    let first = scene.newSession()
    try runner.record(
      "2025-10-07T06:00:00.250000Z", .start(session: first, tracks: ["government"]))

    // The kernel took a part of the line. The writer closes it with a newline and tries again.
    scene.files.cutNextAppend(keeping: 187)
    try runner.record(
      "2025-10-07T06:00:40.500000Z", .found(session: first, track: "government", count: 6))

    // Of an atomic group only the first line is whole: it does not count without the second.
    let second = scene.newSession()
    scene.files.cutNextAppend(keeping: 520)
    try runner.record(
      "2025-10-14T06:00:00.250000Z",
      .start(session: second, tracks: ["government", "foundation"]))

    // The disk was full and the process ended: the next writer closes the line that it left.
    scene.files.cutNextAppend(keeping: 96, thenFull: true)
    do {
      try runner.record(
        "2025-10-14T06:00:51.750000Z", .found(session: second, track: "foundation", count: 2))
      throw SampleFault(description: "the disk was not full")
    } catch let error as JournalError where error.code == .diskFull {}

    let next = try scene.open(by: "runner")
    try next.record(
      "2025-10-15T08:20:00.000000Z", .found(session: second, track: "foundation", count: 2))
    try next.record(
      "2025-10-15T08:21:10.125000Z",
      .complete(session: second, .init(notes: "resumed after the disk was cleared")))
  }
}

extension SampleJournal {
  /// A profile that was just created, and its first session, which still runs.
  static let small = SampleJournal("sample-small") { scene in
    let ana = try scene.open(by: "ana")
    try ana.record(
      "2025-10-20T13:05:00.000000Z",
      .create(
        fields: ["name": "Harbor Tool Library", "states": ["ME"], "tools": 640],
        origin: .init(source: "interview", confidence: JSONNumber(text: "0.9"))))
    let session = scene.newSession()
    try ana.record(
      "2025-10-20T13:06:30.000000Z",
      .start(session: session, tracks: ["government", "foundation"]))
    try ana.record(
      "2025-10-20T13:07:12.640000Z", .found(session: session, track: "government", count: 3))
  }
}
