import JournalEngine
import Testing

@testable import Discovery

@Suite("Texts that look alike")
struct LookAlikeTests {
  let scratch = Scratch()
  private let one = "caf\u{E9}"
  private let other = "cafe\u{301}"

  @Test("Two fields keep an origin each")
  func fields() throws {
    try scratch.perform(
      .create(fields: [one: 1], origin: .init(source: "a filing")))
    try scratch.perform(
      .update(set: [other: 2], origin: .init(source: "a web page")))
    let state = try scratch.state()
    #expect(state.provenance.inOrder.count == 2)
    #expect(state.provenance[one]?.source == "a filing")
    #expect(state.provenance[other]?.source == "a web page")
    #expect(try state.json["provenance"]?.object?.count == 2)
    #expect(FieldProvenance(state).fields.map(\.origin.seq) == [2, 3])
    try scratch.perform(.update(set: [:], unset: [one]))
    #expect(try scratch.state().provenance[other]?.source == "a web page")
  }

  @Test("Two tracks are counted apart")
  func tracks() throws {
    try scratch.perform(.start(session: "s1", tracks: [one]))
    try scratch.perform(.found(session: "s1", track: one, count: 1))
    try scratch.perform(.found(session: "s1", track: other, count: 2))
    let state = try scratch.state()
    #expect(try #require(try state.session("s1")).tracks.count == 2)
    #expect(
      try Analytics(state, now: scratch.clock.now()).opportunitiesByTrack.map(\.count) == [1, 2])
    try scratch.perform(
      .complete(
        session: "s1", .init(opportunitiesFound: [TrackCount(one, 3), TrackCount(other, 4)])))
  }

  @Test("Two sessions are two")
  func sessions() throws {
    try scratch.perform(.start(session: one))
    #expect(try scratch.state().session(other) == nil)
    try scratch.perform(.start(session: other))
    #expect(try scratch.state().session(one)?.status == .failed)
    #expect(try scratch.state().session(other)?.status == .inProgress)
  }
}
