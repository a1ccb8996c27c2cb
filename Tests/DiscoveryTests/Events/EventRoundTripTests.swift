import JournalEngine
import Testing

@testable import Discovery

@Suite("Events, there and back")
struct EventRoundTripTests {
  let scratch = Scratch()

  @Test("Every event reads back as itself from the text that is recorded of it")
  func throughText() throws {
    var random = SeededGenerator.forTest()
    for _ in 0..<300 {
      for event in random.everyEvent() {
        let recorded = Profile.encode(event)
        let text = JSON.object(recorded.data).text
        let read = RecordedEvent(
          type: recorded.type, subject: recorded.subject,
          data: try #require(try JSON(parsing: text).object))
        #expect(try Profile.decode(read) == event, "\(text)")
      }
    }
  }

  @Test("What is encoded again is byte for byte what was encoded first")
  func again() throws {
    var random = SeededGenerator.forTest()
    for event in (0..<100).flatMap({ _ in random.everyEvent() }) {
      let recorded = Profile.encode(event)
      let again = Profile.encode(try #require(try Profile.decode(recorded)))
      #expect(JSON.object(again.data).text == JSON.object(recorded.data).text)
    }
  }

  @Test("Events stand in a journal as they were encoded")
  func throughJournal() throws {
    var random = SeededGenerator.forTest()
    let commands: [ProfileCommand] = [
      .create(fields: random.object()),
      .update(set: ["a": random.json()], origin: .init(source: random.text())),
      .start(session: "s1", tracks: [random.text() + "t"], params: random.object()),
      .found(session: "s1", track: "t", count: nil, opportunities: [.object(random.object())]),
      .complete(session: "s1", .init(total: random.count(), notes: random.text())),
    ]
    var expected: [DiscoveryEvent] = []
    for command in commands {
      let before = expected.isEmpty ? Profile() : try scratch.state()
      expected += try command.decide(on: before)
      try scratch.perform(command)
    }
    let found = try scratch.entries().dropFirst().map { try Profile.decode(RecordedEvent($0)) }
    #expect(found == expected)
  }

  @Test("The types are all different, and are those of the format")
  func types() {
    var random = SeededGenerator.forTest()
    #expect(
      random.everyEvent().map { Profile.encode($0).type } == [
        "profile.created", "profile.updated", "profile.archived", "profile.restored",
        "profile.deleted", "session.started", "session.found", "session.completed",
        "session.failed", "journal.imported",
      ])
  }
}
