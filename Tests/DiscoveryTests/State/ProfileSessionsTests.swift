import Discovery
import JournalEngine
import Testing

@Suite("A profile's sessions")
struct ProfileSessionsTests {
  let scratch = Scratch()

  /// s1 completed, s2 failed, s3 completed, s4 abandoned, s5 running.
  init() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.complete(session: "s1"))
    try scratch.perform(.start(session: "s2"))
    try scratch.perform(.fail(session: "s2", errors: ["e"]))
    try scratch.perform(.start(session: "s3"))
    try scratch.perform(.complete(session: "s3"))
    try scratch.perform(.start(session: "s4"))
    try scratch.perform(.start(session: "s5"))
  }

  @Test(
    "are listed newest first, by status and up to a limit",
    arguments: [
      (nil, nil, "s5 s4 s3 s2 s1"), (nil, 2, "s5 s4"), (nil, 0, ""), (nil, -3, ""),
      (nil, 99, "s5 s4 s3 s2 s1"), (.completed, nil, "s3 s1"), (.completed, 1, "s3"),
      (.failed, nil, "s4 s2"), (.inProgress, nil, "s5"), (.inProgress, 0, ""),
    ] as [(Session.Status?, Int?, String)])
  func list(status: Session.Status?, limit: Int?, expected: String) throws {
    let found = try scratch.state().sessions(status: status, limit: limit)
    #expect(found.map(\.id).joined(separator: " ") == expected)
  }

  @Test("can be had one by one, and as of any entry")
  func past() throws {
    #expect(try scratch.state().sessionCount == 5)
    #expect(try scratch.state().session("s6") == nil)
    let then = try scratch.replay(at: .seq(4)).state
    #expect(try then.sessions().map(\.id) == ["s2", "s1"])
    #expect(then.currentSession == "s2")
    #expect(try then.session("s2")?.status == .inProgress)
    #expect(try then.session("s2")?.errors == [])
  }

  @Test("A state is a value: what happens later does not change one that was taken before")
  func value() throws {
    let before = try scratch.state()
    let copy = before
    try scratch.perform(.complete(session: "s5", .init(notes: "done")))
    #expect(before == copy)
    #expect(try before.session("s5")?.notes == nil)
    #expect(try scratch.state().session("s5")?.notes == "done")
  }

  @Test("Points of time give the state after the last entry of that time or before it")
  func times() throws {
    let entries = try scratch.entries()
    let third = entries[2]
    #expect(try scratch.replay(at: .time(third.time)).head.seq == 3)
    let justBefore = third.time.advanced(byMicroseconds: -1)
    #expect(try scratch.replay(at: .time(justBefore)).head.seq == 2)
    #expect(try scratch.replay(at: .time(.latest)).head.seq == entries.last?.seq)
    let error = try #require(throws: DiscoveryError.self) {
      try scratch.replay(at: .time(.earliest))
    }
    #expect(error.code == .notFound)
  }
}
