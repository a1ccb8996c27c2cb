import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@testable import Command

@Suite("daybook head and verify")
struct VerifyTests {
  let world = World()

  init() throws {
    try world.done("profile", "create", "acme")
    try world.done("start", "acme")
    try world.done("profile", "create", "beta")
  }

  private func bytes(_ name: String) throws -> Int { try world.bytes(name).count }

  @Test("head prints SEQ:HASH, alone for one profile and behind the name for several")
  func head() throws {
    #expect(try world.run("head", "acme") == .init(.done, "3:<acme 3>\n"))
    #expect(try world.run("head") == .init(.done, "acme 3:<acme 3>\nbeta 2:<beta 2>\n"))
    #expect(
      try world.run("head", "beta", "acme") == .init(.done, "beta 2:<beta 2>\nacme 3:<acme 3>\n"))
    #expect(
      try world.run("head", "--ndjson")
        == .init(
          .done,
          """
          {"profile_id":"acme","seq":3,"head":"<acme 3>"}
          {"profile_id":"beta","seq":2,"head":"<beta 2>"}

          """))
    #expect(
      try world.run("head", "acme", "--json")
        == .init(.done, try pretty(#"[{"profile_id":"acme","seq":3,"head":"<acme 3>"}]"#)))
  }

  @Test("verify prints a line for each journal that is sound")
  func sound() throws {
    let acme = "acme: sound, 3 entries, \(try bytes("acme")) bytes, head 3:<acme 3>\n"
    let beta = "beta: sound, 2 entries, \(try bytes("beta")) bytes, head 2:<beta 2>\n"
    #expect(try world.run("verify") == .init(.done, acme + beta))
    #expect(try world.run("verify", "beta") == .init(.done, beta))
    #expect(try world.run("verify", "beta", "acme") == .init(.done, beta + acme))
  }

  @Test("verify as JSON")
  func json() throws {
    let acme = """
      {"profile_id":"acme","sound":true,"seq":3,"head":"<acme 3>","entries":3,\
      "bytes":\(try bytes("acme")),"last_beyond_doubt":null,"counts":{},"findings":[]}
      """
    #expect(try world.run("verify", "acme", "--json") == .init(.done, try pretty("[\(acme)]")))
    #expect(try world.run("verify", "acme", "--ndjson") == .init(.done, acme + "\n"))
  }

  @Test("verify fails for a snapshot that is not what its entries give, and says so in any form")
  func snapshotDiffers() throws {
    try world.done("compact", "acme")
    let name = "00000000000000000003.discovery-2.snapshot.json"
    let file = URL(fileURLWithPath: world.root + "/acme/" + name)
    let bytes = try SoundSnapshot.changed(Array(Data(contentsOf: file))) { object in
      object["ids"] = [["key", 3, 3, "session.started", .null]]
      object["id_lines"] = [[1, 0, "00000000000000aa"]]
    }
    try Data(bytes).write(to: file)
    let message = "it remembers other idempotency keys than its entries have: remove it"
    let text = try world.run("verify", "acme")
    #expect(text.status == .damage)
    #expect(text.output.contains("acme: DAMAGED") && text.output.contains(message))
    for form in ["--json", "--ndjson"] {
      let outcome = try world.run("verify", "acme", form)
      #expect(outcome.status == .damage, "\(form)")
      #expect(outcome.output.contains(message))
      let error = try JSON(parsing: outcome.errors).object?["error"]?.object
      #expect(error?["code"] == "snapshot_differs", "\(outcome.errors)")
    }
  }

  @Test("verify reports what stands under the name of a snapshot or a table and cannot be read")
  func unreadable() throws {
    let sound = try world.run("verify", "beta")
    for name in [
      "00000000000000000002.discovery-2.snapshot.json",
      "00000000000000000002.discovery-2.0-1.table",
    ] {
      try FileManager.default.createDirectory(
        atPath: world.root + "/beta/" + name, withIntermediateDirectories: false)
    }
    let outcome = try world.run("verify", "beta")
    #expect(outcome.status == sound.status && outcome.errors == "", "\(outcome)")
    #expect(outcome.output.hasPrefix(sound.output.dropLast()), "\(outcome)")
    #expect(outcome.output.contains("  bad snapshot: "), "\(outcome)")
    #expect(outcome.output.contains("  bad table: "), "\(outcome)")
  }

  @Test("verify --head holds for every head that there ever was")
  func rightHead() throws {
    let hashes = try #require(try world.hashes()["acme"])
    let zeros = String(repeating: "0", count: 64)
    try world.done("start", "acme")
    for head in ["0:\(zeros)", "1:\(hashes[0])", "2:\(hashes[1])", "3:\(hashes[2])"] {
      #expect(try world.run("verify", "acme", "--head", head).status == .done, "\(head)")
    }
  }

  @Test("verify --head finds that another history stands at that place")
  func wrongHead() throws {
    let hash = String(repeating: "ab", count: 32)
    let length = try world.lines()[1].utf8.count
    let place = try world.lines()[0].utf8.count + 1
    #expect(
      try world.run("verify", "acme", "--head", "2:\(hash)")
        == .init(
          .damage,
          """
          acme: DAMAGED, 3 entries, \(try bytes("acme")) bytes, head 3:<acme 3>
            head lost: ROOT/acme/00000000000000000001.ndjson line 2, byte \(place), \
          \(length) bytes: entry 2 has the hash <acme 2>, not that of the head

          """))
  }

  @Test("verify --head finds that the journal ends before that place")
  func missingEnd() throws {
    let head = String(try #require(try world.hashes()["acme"])[2])
    let lines = try world.lines()
    try world.overwrite(Array((lines[0] + "\n" + lines[1] + "\n").utf8))
    let end = try bytes("acme")
    let outcome = try world.run("verify", "acme", "--head", "3:\(head)", "--json")
    #expect(outcome.status == .damage)
    #expect(
      try outcome.output
        == pretty(
          """
          [{"profile_id":"acme","sound":false,"seq":2,"head":"<acme 2>","entries":2,\
          "bytes":\(end),"last_beyond_doubt":2,"counts":{"head_lost":1},"findings":[\
          {"kind":"head_lost","damage":true,"file":"ROOT/acme/00000000000000000001.ndjson",\
          "line":3,"offset":\(end),"length":0,"seq":3,\
          "message":"the journal ends at seq 2, before the head 3"}]}]
          """))
    #expect(try JSON(parsing: outcome.errors)["error"]?["code"] == "damaged")
  }

  @Test(
    "verify --head refuses what is no head",
    arguments: [
      "", "3", ":", "3:", "3:abc", "x:\(Digest.zero)", "-1:\(Digest.zero)", "+3:\(Digest.zero)",
      "3:\(Digest.zero)0", "3:\(Digest.zero):", "3:" + String(repeating: "A", count: 64),
    ])
  func malformed(head: String) throws {
    #expect(
      try world.run("verify", "acme", "--head", head)
        == .init(
          .usage,
          errors: """
            error: --head \(head) is not SEQ:HASH
            hint: `daybook head PROFILE` prints one

            """))
  }

  @Test("verify --head is for one profile", arguments: [[], ["acme", "beta"]])
  func oneProfile(names: [String]) throws {
    let outcome = try world.run(["verify", "--head", "0:\(Digest.zero)"] + names)
    #expect(
      outcome == .init(.usage, errors: "error: --head goes with exactly one PROFILE\n"))
  }

  @Test("verify notices what is odd and harmless")
  func odd() throws {
    world.clock.advance(seconds: -86_400)
    let outcome = try world.run("verify", "beta")
    #expect(outcome.status == .done)
    #expect(
      outcome.output.contains(
        "  time ahead: ROOT/beta/00000000000000000001.ndjson line 1, byte 0, "))
    #expect(outcome.output.hasPrefix("beta: sound, "))
  }
}
