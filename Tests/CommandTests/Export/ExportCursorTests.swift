import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@testable import Command

@Suite("The cursors of an export")
struct ExportCursorTests {
  let world = World()

  init() throws {
    for name in ["acme", "beta"] {
      try world.done("profile", "create", name)
      for value in 1...3 { try world.done("profile", "set", name, "a=\(value)") }
    }
  }

  private func hash(_ name: String, _ seq: Int) throws -> String {
    try #require(try world.hashes()[name])[seq - 1]
  }

  /// `acme 3` and so on, in the order of the output.
  private func seen(_ arguments: [String]) throws -> [String] {
    let outcome = try world.run(["export", "--format", "csv", "--no-header"] + arguments)
    #expect(outcome.status == .done, "\(outcome)")
    #expect(outcome.errors.isEmpty)
    return outcome.output.split(separator: "\r\n").map {
      $0.split(separator: ",").prefix(2).joined(separator: " ")
    }
  }

  @Test("A number, with a hash or without, is of the one profile that is named")
  func one() throws {
    #expect(try seen(["acme", "--since", "3"]) == ["acme 4", "acme 5"])
    #expect(try seen(["acme", "--since", "3:\(hash("acme", 3))"]) == ["acme 4", "acme 5"])
    #expect(try seen(["acme", "--since", "5"]) == [])
    #expect(try seen(["acme", "--since", "0"]).count == 5)
  }

  @Test("Several have their names before them, and what has none begins at its start")
  func several() throws {
    #expect(
      try seen(["--since", "acme=4,beta=3:\(hash("beta", 3))"]) == ["acme 5", "beta 4", "beta 5"])
    #expect(try seen(["--since", "acme=5"]).count == 5)
    #expect(try seen(["beta", "--since", "beta=4"]) == ["beta 5"])
  }

  @Test("Nothing of what is there stands behind now")
  func now() throws {
    #expect(try seen(["--since", "now"]) == [])
  }

  @Test("What head prints is a file of cursors")
  func heads() throws {
    let heads = try world.done("head")
      .replacing("<acme 5>", with: hash("acme", 5)).replacing("<beta 5>", with: hash("beta", 5))
    let file = "@" + (try world.file("cursors", heads))
    try world.done("profile", "set", "beta", "a=9")
    #expect(try seen(["--since", file]) == ["beta 6"])
    #expect(try seen(["beta", "--since", file]) == ["beta 6"])
  }

  @Test("What was exported before is one too", arguments: ["ndjson", "cloudevents"])
  func exportedBefore(format: String) async throws {
    try await Property.check("export in parts", rounds: 10) { seed in
      var random = SeededGenerator(seed: seed)
      let world = World()
      var whole = ""
      for turn in 0..<5 {
        for _ in 0...random.below(4) {
          let name = random.pick(["a", "b", "c"])
          try world.done("start", name, "--param", "text=\(random.text(4).filter { $0 != "\0" })")
        }
        let file = "@" + (try world.file("all", whole))
        let part = try world.run("export", "--format", format, "--since", file)
        try Violation.unless(part.status == .done, "turn \(turn): \(part)")
        whole += try Self.exact(part.output, in: world)
      }
      let once = try Self.exact(try world.done("export", "--format", format), in: world)
      let parts = whole.split(separator: "\n").sorted()
      try Violation.unless(parts == once.split(separator: "\n").sorted(), "not the same")
    }
  }

  /// The output with the hashes that the world hides.
  private static func exact(_ output: String, in world: World) throws -> String {
    var output = output
    for (name, hashes) in try world.hashes() {
      for (index, hash) in hashes.enumerated() {
        output = output.replacing("<\(name) \(index + 1)>", with: hash)
      }
    }
    return output
  }

  @Test("A record that was cut short is refused, and says what to do")
  func cutShort() throws {
    let record = #"{"journal":"acme","cursor":"3:\#(try hash("acme", 3))","entry":{}}"#
    let whole = try world.file("whole", record + "\n")
    #expect(try seen(["acme", "--since", "@" + whole]) == ["acme 4", "acme 5"])
    let cut = try world.file("cut", record + "\n" + record)
    let outcome = try world.run("export", "--format", "ndjson", "--since", "@" + cut)
    #expect(outcome.status == .usage)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("line 2 of \(cut) has no end"))
    #expect(outcome.errors.contains("take that line away"))
  }

  @Test("An entry that is not there with that hash is a lost cursor")
  func lost() throws {
    let other = try hash("beta", 3)
    let outcome = try world.run("export", "acme", "--format", "csv", "--since", "3:\(other)")
    #expect(outcome.status == .damage)
    #expect(outcome.errors.contains("entry 3 is not in the journal with the hash of the cursor"))
    let beyond = try world.run("export", "acme", "--format", "csv", "--since", "9")
    #expect(beyond.status == .notFound)
    #expect(beyond.errors.contains("there is no entry 9: the journal ends with entry 5"))
  }

  @Test("A journal that only the cursors know is told of, and the others are exported")
  func gone() throws {
    let outcome = try world.run(
      "export", "--format", "csv", "--no-header", "--since", "gone=3,acme=4,beta=5")
    #expect(outcome.status == .notFound)
    #expect(outcome.output.hasPrefix("acme,5,"))
    #expect(outcome.errors.contains("there is no journal gone, and a cursor names it"))
  }

  @Test(
    "What is no cursor is refused",
    arguments: [
      (["acme", "--since", "x"], "--since x is not a cursor"),
      (["acme", "--since", "-1"], "--since -1 is not a cursor"),
      (["acme", "--since", "03"], "--since 03 is not a cursor"),
      (["acme", "--since", "3:abc"], "--since 3:abc is not a cursor"),
      (["acme", "--since", "2025-10-01"], "is not a cursor"),
      (["--since", "3"], "--since 3 does not say of which journal"),
      (["acme", "beta", "--since", "3"], "--since 3 does not say of which journal"),
      (["--since", "acme=3,"], "is not a cursor"),
      (["--since", "acme=3,acme=4"], "--since has two cursors for acme"),
      (["acme", "--since", "beta=3"], "--since has a cursor for beta"),
      (["--since", "../x=3"], "is not a journal name"),
    ])
  func refused(options: [String], message: String) throws {
    let outcome = try world.run(["export", "--format", "csv"] + options)
    #expect(outcome.status == .usage, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome)")
  }

  @Test("A file without cursors is refused by its line")
  func badFile() throws {
    for text in ["acme", "acme x\n", "{}\n", #"{"journal":"acme"}"# + "\n", "../x 3\n"] {
      let file = try world.file("bad", "\nbeta 1\n" + text)
      let outcome = try world.run("export", "--format", "csv", "--since", "@" + file)
      #expect(outcome.status == .usage, "\(text): \(outcome)")
      #expect(outcome.errors.contains("line 3 of \(file) holds no cursor"), "\(outcome)")
    }
    #expect(
      try world.run("export", "--format", "csv", "--since", "@\(world.base)/none").status
        == .notFound)
  }
}
