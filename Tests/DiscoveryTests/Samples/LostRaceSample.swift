import Discovery
import JournalEngine

extension SampleJournal {
  /// Two writers at once: what the second one wrote does not count, and stands again further down.
  static let lostRace = SampleJournal("sample-lost-race") { scene in
    let (east, west) = (try scene.open(by: "east"), try scene.open(by: "west"))
    try east.record(
      "2025-09-22T07:30:00.000000Z",
      .create(fields: ["name": "Tidewater Kitchens", "states": ["VA", "MD"], "meals": 41_250]))

    let first = scene.newSession()
    try east.record(
      "2025-09-23T06:00:00.100000Z",
      .start(session: first, tracks: ["government", "foundation"]))
    // A race that each step loses once.
    try east.record(
      "2025-09-23T06:00:31.200000Z", .found(session: first, track: "government", count: 9),
      meanwhile: once {
        try west.record(
          "2025-09-23T06:00:31.200000Z", .found(session: first, track: "foundation", count: 2))
      })
    // A race that is lost twice in a row.
    try east.record(
      "2025-09-23T06:01:05.000000Z", .found(session: first, track: "government", count: 4),
      meanwhile: atMost(2) {
        try west.record(
          "2025-09-23T06:01:05.000000Z", .found(session: first, track: "foundation", count: 1))
      })
    // An atomic group that loses: all of its lines are void, and all stand again.
    let second = scene.newSession()
    try west.record(
      "2025-09-30T06:00:00.000000Z", .start(session: second, tracks: ["foundation"]),
      meanwhile: once {
        try east.record(
          "2025-09-30T06:00:00.000000Z",
          .update(set: ["meals": 43_900], origin: .init(source: "annual report")))
      })
    // Both complete it: one does, and the other is refused.
    try refused(.conflict) {
      try east.record(
        "2025-09-30T06:02:00.000000Z", .complete(session: second, .init(notes: "east was here")),
        meanwhile: once {
          try west.record(
            "2025-09-30T06:02:00.000000Z",
            .complete(session: second, .init(total: 3, notes: "west was here")))
        })
    }
    try east.record(
      "2025-10-01T09:00:00.000000Z",
      .update(set: ["contact": "kitchen office"], origin: .init(source: "e-mail")))
  }

  private static func once(_ body: @escaping () throws -> Void) -> () throws -> Void {
    atMost(1, body)
  }

  private static func atMost(
    _ times: Int, _ body: @escaping () throws -> Void
  ) -> () throws -> Void {
    var left = times
    return {
      guard left > 0 else { return }
      left -= 1
      try body()
    }
  }

  private static func refused(_ code: DiscoveryError.Code, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as DiscoveryError where error.code == code {
      return
    }
    throw SampleFault(description: "it was not refused as \(code)")
  }
}
