import Discovery
import JournalEngine
import Testing

@Suite("A session as programs see it")
struct SessionViewTests {
  let scratch = Scratch()

  private func view(_ id: String = "s1") throws -> JSON {
    let session = try #require(try scratch.state().session(id))
    return session.json(profile: try JournalName("acme"))
  }

  @Test("has its members in the order of the earlier stores, then ours")
  func order() throws {
    try scratch.perform(.start(session: "s1"))
    #expect(
      try view().object?.names == [
        "session_id", "profile_id", "started_at", "completed_at", "status", "tracks_executed",
        "opportunities_found", "total_opportunities", "execution_time_seconds", "error_messages",
        "notes", "reason", "superseded_by", "params", "seq_started", "seq_ended",
        "duration_seconds",
      ])
  }

  @Test("while it runs")
  func running() throws {
    try scratch.perform(.start(session: "s1", tracks: ["government"], params: ["max": 1.50]))
    #expect(
      try view().text == """
        {"session_id":"s1","profile_id":"acme","started_at":"2025-10-01T12:00:01.000000Z",\
        "completed_at":null,"status":"in_progress","tracks_executed":["government"],\
        "opportunities_found":{},"total_opportunities":0,"execution_time_seconds":null,\
        "error_messages":[],"notes":null,"reason":null,"superseded_by":null,\
        "params":{"max":1.5},"seq_started":2,"seq_ended":null,"duration_seconds":null}
        """)
  }

  @Test("once it has completed")
  func completed() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.found(session: "s1", track: "t", count: 2))
    scratch.clock.advance(seconds: 60, microseconds: 250_000)
    try scratch.perform(.complete(session: "s1", .init(notes: "ok")))
    #expect(
      try view().text == """
        {"session_id":"s1","profile_id":"acme","started_at":"2025-10-01T12:00:01.000000Z",\
        "completed_at":"2025-10-01T12:01:03.250000Z","status":"completed",\
        "tracks_executed":["t"],"opportunities_found":{"t":2},"total_opportunities":2,\
        "execution_time_seconds":62,"error_messages":[],"notes":"ok","reason":null,\
        "superseded_by":null,"params":{},"seq_started":2,"seq_ended":4,"duration_seconds":62.25}
        """)
  }

  @Test("once it has failed, by itself or for another")
  func failed() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.start(session: "s2"))
    try scratch.perform(.fail(session: "s2", errors: ["one", "two"]))
    let abandoned = try view("s1")
    #expect(abandoned["status"] == "failed")
    #expect(abandoned["reason"] == "abandoned")
    #expect(abandoned["superseded_by"] == "s2")
    #expect(abandoned["error_messages"] == [])
    let failed = try view("s2")
    #expect(failed["reason"] == "error")
    #expect(failed["superseded_by"] == .some(.null))
    #expect(failed["error_messages"] == ["one", "two"])
  }

  @Test(
    "gives durations exactly, and their whole part besides",
    arguments: [
      (0, "0", "0"), (1, "0.000001", "0"), (999_999, "0.999999", "0"), (1_000_000, "1", "1"),
      (1_500_000, "1.5", "1"), (59_999_999, "59.999999", "59"), (10_000_000, "10", "10"),
      (86_400_000_000, "86400", "86400"), (123_456_789_012_340, "123456789.01234", "123456789"),
    ] as [(Int64, String, String)])
  func durations(microseconds: Int64, exact: String, whole: String) throws {
    let name = try JournalName("acme")
    _ = try scratch.profiles.perform(.start(session: "s1"), on: name)
    scratch.clock.advance(microseconds: microseconds)
    _ = try scratch.profiles.perform(.complete(session: "s1"), on: name)
    #expect(try view()["duration_seconds"]?.number?.text == exact)
    #expect(try view()["execution_time_seconds"]?.number?.text == whole)
  }

  @Test("A clock that steps back ends no session before its start")
  func clockStepsBack() throws {
    try scratch.perform(.start(session: "s1"))
    scratch.clock.advance(days: -3)
    try scratch.perform(.complete(session: "s1"))
    #expect(try view()["duration_seconds"] == 0)
  }

  typealias Results = DiscoveryEvent.Results
  static let completions: [(Results, String, String)] = [
    (Results(), #"{"a":5,"b":1}"#, "6"),
    (Results(total: 9), #"{"a":5,"b":1}"#, "9"),
    (Results(opportunitiesFound: [.init("c", 4), .init("a", 1)]), #"{"c":4,"a":1}"#, "5"),
    (Results(opportunitiesFound: []), "{}", "0"),
    (Results(opportunitiesFound: [.init("c", 4)], total: 0), #"{"c":4}"#, "0"),
    (
      Results(opportunitiesFound: [.init("c", .max), .init("d", 1)]),
      #"{"c":9223372036854775807,"d":1}"#, "9223372036854775807"
    ),
  ]

  @Test("Counts that the completion gives stand; else they are sums", arguments: completions)
  func counts(results: Results, found: String, total: String) throws {
    try scratch.perform(.start(session: "s1", tracks: ["a"]))
    try scratch.perform(.found(session: "s1", track: "a", count: 2))
    try scratch.perform(.found(session: "s1", track: "b", count: nil, opportunities: [["x": 1]]))
    try scratch.perform(
      .found(session: "s1", track: "a", count: 3, opportunities: [["x": 2], ["x": 3]]))
    try scratch.perform(.complete(session: "s1", results))
    #expect(try view()["opportunities_found"]?.text == found)
    #expect(try view()["total_opportunities"]?.text == total)
    #expect(try view()["tracks_executed"] == ["a", "b"])
  }

  @Test("Sums that are too large stay at the largest number")
  func overflow() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.found(session: "s1", track: "a", count: .max))
    try scratch.perform(.found(session: "s1", track: "a", count: 1))
    #expect(try view()["total_opportunities"]?.int == .max)
  }
}
