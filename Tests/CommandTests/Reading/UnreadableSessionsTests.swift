import Discovery
import JournalEngine
import Testing

@testable import Command

@Suite("Sessions that finished long ago and cannot be read")
struct UnreadableSessionsTests {
  let world = World()

  /// Behind a snapshot and a running session, an entry before it is altered.
  init() throws {
    var options = WriteOptions()
    options.tableTiers.smallest = 3
    let writer = try JournalWriter<Profile>(
      JournalName("acme"), in: world.root, system: JournalSystem(clock: world.clock),
      options: options)
    for id in ["a", "b", "c", "d"] {
      try writer.decide { try ProfileCommand.start(session: id).decide(on: $0) }
      try writer.decide { try ProfileCommand.complete(session: id).decide(on: $0) }
    }
    try writer.compact()
    #expect(writer.state.settledCount == 4)
    try writer.decide { try ProfileCommand.start(session: "running").decide(on: $0) }
    try writer.close()
    try world.flipByte(inLine: 4)
  }

  @Test("leave no part of a document, as of any list that cannot be had")
  func document() throws {
    let outcome = try world.run("sessions", "acme", "--json")
    #expect(outcome.status == .damage)
    #expect(outcome.output == "")
    let lines = try world.run("sessions", "acme", "--ndjson")
    #expect(lines.status == .damage)
    #expect(lines.output.split(separator: "\n").count <= 1)
    #expect(try world.run("sessions", "acme", "--json", "--limit", "1").status == .done)
    let history = try world.run("history", "acme", "--json")
    #expect(history.status == .damage)
    #expect(try JSON(parsing: history.output.utf8).array != nil)
  }
}
