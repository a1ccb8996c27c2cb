import Discovery
import Foundation
import JournalEngine
import Testing

@Suite("A session's id that was altered, so that its entry contradicts those before it")
struct DamageBeforeContradictionTests {
  let scratch = Scratch()
  let acme: JournalName

  init() throws {
    acme = try JournalName("acme")
    try scratch.perform(.create(fields: ["a": 1]))
    try scratch.perform(.start(session: "session_0000000000aa"))
    try scratch.perform(.complete(session: "session_0000000000aa"))
    try scratch.perform(.update(set: ["a": 2]))
    let file = URL(fileURLWithPath: scratch.segment())
    var text = try String(contentsOf: file, encoding: .utf8)
    // The last one is that of the completion: its own line still fits the chain.
    let last = try #require(text.range(of: "session_0000000000aa", options: .backwards))
    text.replaceSubrange(last, with: "session_0000000000ab")
    try Data(text.utf8).write(to: file)
  }

  @Test("Reading tells the damage, with the state up to the last entry beyond doubt")
  func reading() throws {
    let profiles = Profiles(root: scratch.root, system: scratch.system)
    let replay = try profiles.replay(acme)
    #expect(replay.damage?.lastBeyondDoubt == 3)
    #expect(replay.head.seq == 3)
    #expect(replay.state.fields["a"] == 1)
  }

  @Test("Writing is refused because of the damage, not of the contradiction")
  func writing() throws {
    let before = try scratch.tree()
    let error = #expect(throws: JournalError.self) {
      try scratch.perform(.update(set: ["a": 3]))
    }
    #expect(error?.code == .damaged)
    #expect(try scratch.tree() == before)
  }
}
