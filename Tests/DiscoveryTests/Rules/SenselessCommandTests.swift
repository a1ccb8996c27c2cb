import Discovery
import JournalEngine
import Testing

@Suite("Commands that make no sense in any state")
struct SenselessCommandTests {
  let scratch = Scratch()

  struct Case: Sendable, CustomTestStringConvertible {
    let command: ProfileCommand
    let message: String
    var testDescription: String { message }
  }

  static let cases: [Case] = [
    Case(command: .update(set: [:]), message: "nothing is to be changed"),
    Case(
      command: .update(set: ["a": 1], unset: ["a"]),
      message: "the field a is to be set and unset at once"),
    Case(
      command: .create(fields: [:], origin: .init(confidence: JSONNumber(text: "1.01"))),
      message: "the confidence 1.01 is not from 0 to 1"),
    Case(
      command: .update(set: ["b": 1], origin: .init(confidence: JSONNumber(text: "-0.1"))),
      message: "the confidence -0.1 is not from 0 to 1"),
    Case(
      command: .update(set: ["b": 1], origin: .init(confidence: JSONNumber(text: "1e400"))),
      message: "the confidence 1e400 is not from 0 to 1"),
    Case(
      command: .found(session: "s1", track: "t", count: -1),
      message: "-1 opportunities found cannot be"),
    Case(command: .found(session: "s1", track: "", count: 1), message: "the track has no name"),
    Case(
      command: .found(session: "s1", track: "t", count: nil),
      message: "neither a count nor opportunities are given"),
    Case(
      command: .complete(session: "s1", .init(total: -5)),
      message: "-5 opportunities in total cannot be"),
    Case(
      command: .complete(session: "s1", .init(opportunitiesFound: [.init("t", -2)])),
      message: "-2 opportunities found on t cannot be"),
    Case(
      command: .complete(
        session: "s1", .init(opportunitiesFound: [.init("t", 1), .init("u", 1), .init("t", 1)])),
      message: "the track t is counted twice"),
    Case(
      command: .complete(session: "s1", .init(opportunitiesFound: [.init("", 1)])),
      message: "the track has no name"),
    Case(command: .fail(session: "s1", errors: []), message: "no error is given"),
    Case(command: .start(session: ""), message: "the session has no id"),
    Case(command: .start(session: "s2", tracks: ["t", ""]), message: "the track has no name"),
  ]

  @Test("are refused as invalid, with a reason, and record nothing", arguments: cases)
  func refused(_ case: Case) throws {
    for state in 0...1 {
      if state == 1 { try scratch.perform(.start(session: "s1")) }
      let before = try scratch.tree()
      let error = try #require(throws: DiscoveryError.self) {
        try scratch.perform(`case`.command)
      }
      #expect(error.code == .invalid)
      #expect(error.message == `case`.message)
      #expect(!error.hint.isEmpty)
      #expect(try scratch.tree() == before)
    }
  }

  @Test("Bounds themselves are allowed", arguments: ["0", "1", "1.0", "0.000", "1e0"])
  func bounds(confidence: String) throws {
    let origin = DiscoveryEvent.Origin(confidence: JSONNumber(text: confidence))
    #expect(try ProfileCommand.create(fields: [:], origin: origin).decide(on: Profile()).count == 1)
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.found(session: "s1", track: "t", count: 0))
    try scratch.perform(.found(session: "s1", track: "t", count: nil, opportunities: []))
    try scratch.perform(.complete(session: "s1", .init(opportunitiesFound: [], total: 0)))
    #expect(try scratch.state().session("s1")?.totalOpportunities == 0)
  }

  @Test("A refusal names what is there already")
  func messages() throws {
    try scratch.perform(.create(fields: [:]))
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.start(session: "s2"))
    func message(_ command: ProfileCommand) throws -> String {
      try #require(throws: DiscoveryError.self) { try scratch.perform(command) }.message
    }
    #expect(try message(.create(fields: [:])) == "the profile exists already and is active")
    #expect(
      try message(.complete(session: "s1")) == "s1 is failed (abandoned) and cannot be completed")
    #expect(try message(.archive()) == "s2 is in progress, so the profile cannot be archived")
    #expect(try message(.fail(session: "s3", errors: ["e"])) == "there is no session s3")
    try scratch.perform(.complete(session: "s2"))
    #expect(try message(.complete(session: "s2")) == "s2 is completed and cannot be completed")
    try scratch.perform(.delete())
    #expect(
      try message(.start(session: "s4")) == "the profile is deleted and cannot start a session")
  }
}
