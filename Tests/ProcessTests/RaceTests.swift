import JournalEngine
import Testing

@Suite("Two processes at once")
struct RaceTests {
  private static let rounds = 20

  @Test("Of two that complete one session, one does and the other is told of a conflict")
  func complete() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for _ in 0..<Self.rounds {
      let session = try journals.done("start", "p")
      let command = journals.command(["complete", session, "--profile", "p", "--json"])
      let results = try Gate.race([command, command])
      #expect(Set(results.map(\.status)) == [.exit(0), .exit(4)], "\(results)")
      let loser = results.first { $0.status == .exit(4) }
      #expect(loser?.error.contains(#""code":"conflict""#) == true)
    }
    let readBack = try ReadBack(journals.reader("p"))
    #expect(readBack.entries.count { $0.type == "session.completed" } == Self.rounds)
    #expect(readBack.damage == nil)
    print("completing at once: \(readBack.void[.lostRace] ?? 0) lost races")
  }

  @Test("Two that start with the same key print the same session, and there is one")
  func start() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for round in 0..<Self.rounds {
      let command = journals.command(["start", "p", "--id", "key-\(round)"])
      let results = try Gate.race([command, command])
      #expect(results.map(\.status) == [.exit(0), .exit(0)], "\(results)")
      #expect(results[0].output == results[1].output)
    }
    let readBack = try ReadBack(journals.reader("p"))
    #expect(readBack.entries.count { $0.type == "session.started" } == Self.rounds)
    #expect(readBack.contradictions == [])
    print("starting at once: \(readBack.void[.lostRace] ?? 0) lost races")
  }

  @Test("Of three that create a profile where there is not even a root, one does")
  func create() throws {
    for _ in 0..<Self.rounds {
      let scratch = try Scratch()
      let command = scratch.journals.command(["profile", "create", "p"])
      let results = try Gate.race([command, command, command])
      #expect(results.count { $0.status == .exit(0) } == 1, "\(results)")
      #expect(results.count { $0.status == .exit(4) } == 2, "\(results)")
      let readBack = try ReadBack(scratch.journals.reader("p"))
      #expect(readBack.entries.map(\.type) == ["journal.opened", "profile.created"])
      #expect(readBack.damage == nil)
    }
  }
}
