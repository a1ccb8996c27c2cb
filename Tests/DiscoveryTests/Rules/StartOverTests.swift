import Discovery
import Foundation
import JournalEngine
import Testing

@Suite("A start over a running session")
struct StartOverTests {
  let scratch = Scratch()

  @Test("is one atomic group: the old one's end goes on with the new one's start")
  func oneGroup() throws {
    try scratch.perform(.start(session: "s1", tracks: ["t"]))
    try scratch.perform(.start(session: "s2"))
    let entries = try scratch.entries().suffix(2)
    #expect(entries.map(\.type) == ["session.failed", "session.started"])
    #expect(entries.map(\.subject) == ["s1", "s2"])
    #expect(entries.map(\.more) == [true, false])
    #expect(Set(entries.map(\.time)).count == 1)
    let first = String(decoding: try #require(entries.first).line, as: UTF8.self)
    #expect(first.contains(#","more":true,"#))
    #expect(
      first.contains(#""data":{"errors":[],"reason":"abandoned","superseded_by":"s2"}"#))
  }

  @Test("leaves the old one failed as abandoned, and the new one running")
  func states() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.start(session: "s2"))
    let state = try scratch.state()
    let old = try #require(try state.session("s1"))
    #expect(old.status == .failed)
    #expect(old.reason == .abandoned)
    #expect(old.supersededBy == "s2")
    #expect(old.seqEnded == 3)
    #expect(try state.session("s2")?.status == .inProgress)
    #expect(try state.session("s2")?.seqStarted == 4)
    #expect(state.currentSession == "s2")
  }

  @Test("does not count at all while its second line is missing")
  func halfOfIt() throws {
    try scratch.perform(.start(session: "s1"))
    let before = try scratch.state()
    let bytes = try scratch.tree()
    try scratch.perform(.start(session: "s2"))
    let line = try #require(try scratch.entries().dropLast().last).line
    // As a power failure may leave it: the first line of the group, and not the second.
    let file = try #require(bytes["acme/00000000000000000001.ndjson"])
    try (file + line + [10]).write(to: .init(fileURLWithPath: scratch.segment()))
    #expect(try scratch.state() == before)
    // And the next writer goes on from the last line that counts.
    try scratch.perform(.complete(session: "s1"))
    #expect(try scratch.state().session("s1")?.status == .completed)
    #expect(try scratch.state().session("s2") == nil)
  }

  @Test("keeps what was found before")
  func keepsCounts() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.found(session: "s1", track: "t", count: 4))
    try scratch.perform(.start(session: "s2"))
    #expect(try scratch.state().session("s1")?.opportunitiesFound == [TrackCount("t", 4)])
  }

  @Test("New ids have twelve lower-case hex digits, zeros in front")
  func ids() {
    struct Fixed: RandomSource {
      let value: UInt64
      func next() -> UInt64 { value }
    }
    #expect(SessionID.make(Fixed(value: 0)) == "session_000000000000")
    #expect(SessionID.make(Fixed(value: 0xABC)) == "session_000000000abc")
    #expect(SessionID.make(Fixed(value: .max)) == "session_ffffffffffff")
    #expect(SessionID.make(Fixed(value: 0x1234_0123_4567_89AB)) == "session_0123456789ab")
  }
}
