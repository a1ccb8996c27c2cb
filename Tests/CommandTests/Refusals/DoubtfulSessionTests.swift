import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("A session whose journal was altered before it")
struct DoubtfulSessionTests {
  let world = World()
  private let session: String
  private let whole: [UInt8]

  /// The first line is changed, for which the second one vouches.
  init() throws {
    try world.done("profile", "create", "acme")
    session = try world.run("start", "acme").output.trimmingCharacters(in: .newlines)
    try world.done("profile", "set", "acme", "a=1")
    whole = try world.bytes()
    try world.flipByte(inLine: 1)
  }

  private func forget() {
    try? FileManager.default.removeItem(atPath: world.root + "/.sessions")
  }

  @Test("is not said to be nowhere, whether a hint leads there or none", arguments: [false, true])
  func told(isHinted: Bool) throws {
    for words in [
      ["session", session], ["session", session, "--profile", "acme"], ["complete", session],
      ["fail", session, "--error", "e"], ["session", "nobody"],
    ] {
      if !isHinted { forget() }
      let outcome = try world.run(words)
      #expect(outcome.status == .damage, "\(words) \(outcome)")
      #expect(outcome.errors.contains("the journal is damaged"), "\(words) \(outcome)")
    }
  }

  @Test("is not said to be nowhere where the journal is too long to be read for each look-up")
  func long() throws {
    try world.overwrite(whole)
    let filling = "filling=" + String(repeating: "x", count: 700_000)
    for _ in 0..<2 { try world.done("profile", "set", "acme", filling) }
    try world.flipByte(inLine: 1)
    for isHinted in [true, false] {
      if !isHinted { forget() }
      for id in [session, "nobody"] {
        let outcome = try world.run("session", id)
        #expect(outcome.status == .damage, "\(id) \(outcome)")
      }
    }
  }

  @Test("is found once a sound copy stands there again")
  func mended() throws {
    forget()
    #expect(try world.run("session", session).status == .damage)
    try world.overwrite(whole)
    #expect(try world.run("session", session).status == .done)
    #expect(try world.run("complete", session).status == .done)
  }
}
