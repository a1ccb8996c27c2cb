import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@testable import Command

@Suite("Commands over several profiles")
struct ManyProfilesTests {
  let run: VerbRun

  init() throws {
    run = try VerbRun()
    for name in ["acme", "beta"] { _ = try run("profile", "create", name) }
  }

  private func link() throws {
    try FileManager.default.createSymbolicLink(
      atPath: run.root + "/latest", withDestinationPath: "acme")
  }

  @Test(
    "An odd entry of the root is told of, and the profiles go on",
    arguments: [
      "status", "head", "verify",
    ])
  func oddEntry(verb: String) throws {
    try link()
    try run.put(VerbRun.opened("newer", format: 99), in: "newer")
    let answer = try run(verb, "--ndjson")
    #expect(answer.status == .failed)
    #expect(answer.output.split(separator: "\n").count == 2)
    #expect(
      try answer.failures.compactMap { $0["code"]?.string } == ["not_a_folder", "newer_format"])
    #expect(
      try answer.failures.allSatisfy {
        $0["message"]?.string?.hasPrefix("latest: ") == true
          || $0["message"]?.string?.hasPrefix("newer: ") == true
      })
  }

  @Test(
    "Very many come in order, each once, and what is odd among them is told of",
    arguments: ["status", "head", "compact", "verify"])
  func many(verb: String) throws {
    let names = (100..<190).map { "p\($0)" }
    for name in names { try run.put(VerbRun.opened(name), in: name) }
    try run.put(VerbRun.opened("p150", format: 99), in: "p150")
    for name in ["p101", "p188"] { _ = try run("profile", "create", name) }
    let isFound = verb != "status"
    for words in [[], names] {
      let answer = try run([verb, "--ndjson"] + words)
      let shown = try answer.output.split(separator: "\n").map {
        try JSON(parsing: $0.utf8)["profile_id"]?.string
      }
      let expected = (words.isEmpty ? ["acme", "beta"] : []) + names.filter { $0 != "p150" }
      let known = ["acme", "beta", "p101", "p188"]
      #expect(shown == expected.filter { isFound || known.contains($0) })
      let told = try answer.failures.compactMap {
        $0["message"]?.string.map { String($0.prefix(4)) }
      }
      #expect(told == (isFound || words.isEmpty ? ["p150"] : names.filter { !known.contains($0) }))
      let document = try run([verb, "--json"] + words).output
      #expect(try JSON(parsing: document.utf8).array?.count == shown.count)
    }
  }

  @Test("Damage outweighs what comes after it", arguments: ["status", "head", "verify"])
  func worst(verb: String) throws {
    try link()
    try run.putDamaged("broken")
    #expect(try run(verb).status == .damage)
  }

  @Test("A name that is not there leaves the others", arguments: ["status", "head", "verify"])
  func missing(verb: String) throws {
    let answer = try run(verb, "nope", "acme")
    #expect(answer.status == .notFound)
    #expect(answer.output.contains("acme"))
    #expect(answer.errors.hasPrefix("error: nope: there is no journal nope"))
  }

  @Test("Damage is an error for programs, and --quiet does not hide it")
  func damage() throws {
    try run.putDamaged("broken")
    for words in [["status"], ["sessions"], ["replay"], ["history"], ["verify"]] {
      let answer = try run(words[0], "broken", "--json", "--quiet")
      #expect(answer.status == .damage)
      #expect(try answer.failures.compactMap { $0["code"]?.string } == ["damaged"], "\(words)")
    }
    #expect(try run("status", "broken", "--quiet").errors.hasPrefix("warning: broken: "))
  }

  @Test("A session in two journals is a conflict until --profile says which")
  func twice() throws {
    for name in ["one", "two"] {
      let line = RawLines.line(
        "session.started", seq: 2, prev: VerbRun.opened(name).head.hash, subject: "s1", data: "{}")
      var lines = VerbRun.opened(name)
      lines.put(line)
      try run.put(lines, in: name)
    }
    let answer = try run("session", "s1", "--json")
    #expect(answer.status == .conflict)
    #expect(try answer.failures.first?["hint"] == "say which with --profile")
    #expect(try run("session", "s1", "--profile", "two").status == .done)
  }
}
