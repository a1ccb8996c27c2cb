import Testing

@testable import Command

@Suite("daybook start, found, complete, fail")
struct SessionVerbsTests {
  let world = World()
  private let first = "session_000000000001"
  private let second = "session_000000000003"

  private func view(
    _ id: String, _ status: String, started: Int, ended: Int? = nil, seqs: (Int, Int?),
    tracks: String = "[]", found: String = "{}", total: Int = 0, errors: String = "[]",
    notes: String = "null", reason: String = "null", params: String = "{}"
  ) throws -> String {
    let end = ended.map { "\"2025-10-01T12:00:0\($0).000000Z\"" } ?? "null"
    let seconds = ended.map { String($0 - started) } ?? "null"
    return try pretty(
      """
      {"session_id":"\(id)","profile_id":"acme",\
      "started_at":"2025-10-01T12:00:0\(started).000000Z","completed_at":\(end),\
      "status":"\(status)","tracks_executed":\(tracks),"opportunities_found":\(found),\
      "total_opportunities":\(total),"execution_time_seconds":\(seconds),\
      "error_messages":\(errors),"notes":\(notes),"reason":\(reason),"superseded_by":null,\
      "params":\(params),"seq_started":\(seqs.0),"seq_ended":\(seqs.1.map(String.init) ?? "null"),\
      "duration_seconds":\(seconds)}
      """)
  }

  @Test("start prints the id alone, and makes root and journal where there are none")
  func start() throws {
    #expect(try world.run("start", "acme") == .init(.done, first + "\n"))
    #expect(try world.lines().count == 2)
    #expect(try world.run("start", "acme", "--quiet") == .init(.done, second + "\n"))
  }

  @Test("start records tracks and parameters, and prints the session as JSON")
  func startJSON() throws {
    #expect(
      try world.run(
        "start", "acme", "--track", "government", "--track=foundation", "--param", "max=1.50",
        "--param", "q=water", "--json")
        == .init(
          .done,
          try view(
            first, "in_progress", started: 1, seqs: (2, nil),
            tracks: #"["government","foundation"]"#, params: #"{"max":1.50,"q":"water"}"#)))
  }

  @Test("start over a running session fails that one as abandoned")
  func startOver() throws {
    try world.done("start", "acme")
    try world.done("start", "acme")
    let lines = try world.lines()
    #expect(lines[2].contains(#""type":"session.failed","subject":"\#(first)""#))
    #expect(lines[2].contains(#""reason":"abandoned","superseded_by":"\#(second)""#))
    #expect(lines[2].contains(#""more":true"#))
    #expect(lines[3].contains(#""type":"session.started","subject":"\#(second)""#))
  }

  @Test("A start that is repeated with its key prints the same session and records nothing")
  func repeated() throws {
    try world.done("start", "acme", "--id", "today")
    let before = try world.tree()
    #expect(try world.run("start", "acme", "--id", "today") == .init(.done, first + "\n"))
    #expect(try world.tree() == before)
  }

  @Test("found prints the session with what was found so far")
  func found() throws {
    try world.done("start", "acme", "--track", "government", "--param", "max=5")
    #expect(
      try world.run("found", first, "--track", "government", "--count", "12")
        == .init(
          .done,
          """
          session  session_000000000001
          profile  acme
          status   in_progress
          started  2025-10-01T12:00:01.000000Z
          tracks   government
          found    12 (government 12)
          max      5

          """))
    #expect(
      try world.run("found", first, "--track", "nonprofit", "--count=0", "--json")
        == .init(
          .done,
          try view(
            first, "in_progress", started: 1, seqs: (2, nil),
            tracks: #"["government","nonprofit"]"#, found: #"{"government":12,"nonprofit":0}"#,
            total: 12, params: #"{"max":5}"#)))
  }

  @Test("found takes opportunities from a file, one a line, and counts them unless told")
  func foundFromFile() throws {
    try world.done("start", "acme")
    let file = try world.file("found.ndjson", "{\"id\":\"a\",\"amount\":1.50}\r\n\n  \n{\"id\":2}")
    try world.done("found", first, "--track", "t", "--from", file)
    #expect(
      try world.lines().last?.contains(
        #""data":{"track":"t","opportunities":[{"id":"a","amount":1.50},{"id":2}]},"#) == true)
    #expect(
      try world.run("found", first, "--track", "t", "--from", file, "--count", "7", "--json")
        == .init(
          .done,
          try view(
            first, "in_progress", started: 1, seqs: (2, nil), tracks: #"["t"]"#,
            found: #"{"t":9}"#, total: 9)))
  }

  @Test("complete prints the session with its end")
  func complete() throws {
    try world.done("start", "acme")
    try world.done("found", first, "--track", "t", "--count", "3")
    world.clock.advance(microseconds: 250_000)
    #expect(
      try world.run("complete", first, "--notes", "first\nrun")
        == .init(
          .done,
          """
          session   session_000000000001
          profile   acme
          status    completed
          started   2025-10-01T12:00:01.000000Z
          ended     2025-10-01T12:00:03.250000Z
          duration  2.2 s
          tracks    t
          found     3 (t 3)
          notes     first\\nrun

          """))
  }

  @Test("complete takes counts by track and in total, and can be repeated with its key")
  func completeJSON() throws {
    try world.done("start", "acme")
    let expected = try view(
      first, "completed", started: 1, ended: 2, seqs: (2, 3),
      found: #"{"government":12,"foundation":0}"#, total: 99, notes: #""ok""#)
    let call = [
      "complete", first, "--found", "government=12", "--found", "foundation=0", "--total", "99",
      "--notes", "ok", "--id", "k", "--json",
    ]
    #expect(try world.run(call) == .init(.done, expected))
    let before = try world.tree()
    #expect(try world.run(call) == .init(.done, expected))
    #expect(try world.tree() == before)
  }

  @Test("fail prints the session with its errors")
  func fail() throws {
    try world.done("start", "acme")
    #expect(
      try world.run("fail", first, "--error", "timeout", "--error", "gave up", "--profile", "acme")
        == .init(
          .done,
          """
          session   session_000000000001
          profile   acme
          status    failed
          started   2025-10-01T12:00:01.000000Z
          ended     2025-10-01T12:00:02.000000Z
          duration  1.0 s
          found     0
          error     timeout
          error     gave up

          """))
    let next = String(try world.done("start", "acme").dropLast())
    #expect(
      try world.run("fail", next, "--error", "e", "--json")
        == .init(
          .done,
          try view(
            next, "failed", started: 3, ended: 4, seqs: (4, 5), errors: #"["e"]"#,
            reason: #""error""#)))
  }

  @Test("Each verb records who called it")
  func by() throws {
    try world.done("start", "acme")
    _ = try world.call(
      ["found", first, "--track", "t", "--count", "1", "--journals", world.root, "--by", "ann"])
    #expect(try world.lines().last?.contains(#""subject":"\#(first)","by":"ann","#) == true)
  }
}
