import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("daybook verify of many journals")
struct VerifyManyTests {
  let world = World()
  /// More than are read at once, or wait to be told.
  private let names = (10..<40).map { "p\($0)" }

  init() throws {
    for name in names { try world.done("profile", "create", name, "a=1") }
    for name in ["p20", "p33"] {
      for value in 2...4 { try world.done("profile", "set", name, "a=\(value)") }
      try world.flipByte(inLine: 3, of: name)
    }
    try FileManager.default.removeItem(atPath: world.root + "/p25")
    try FileManager.default.createSymbolicLink(
      atPath: world.root + "/p25", withDestinationPath: "/nowhere")
  }

  @Test("tells of each in their order, and goes on where one fails")
  func order() throws {
    let outcome = try world.run("verify")
    #expect(outcome.status == .damage)
    let told = outcome.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(told.map { String($0.prefix { $0 != ":" }) } == names.filter { $0 != "p25" })
    #expect(told.filter { $0.contains("DAMAGED") }.count == 2)
    #expect(
      outcome.errors.hasPrefix("error: p25: the journal is a symbolic link (ROOT/p25)\n"),
      "\(outcome)")
    #expect(try world.run("verify", "p33", "p11").output.hasPrefix("p33: DAMAGED"))
  }

  @Test("names the line of each finding, as text and as JSON")
  func lines() throws {
    let outcome = try world.run("verify", "p33")
    let findings = outcome.output.split(separator: "\n").dropFirst()
    #expect(findings.count == 4)
    #expect(findings.allSatisfy { $0.contains("/p33/00000000000000000001.ndjson line ") })
    let all = try world.run("verify", "p20", "p33", "p39", "--ndjson")
    let documents = try all.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
    #expect(documents.compactMap { $0["profile_id"]?.string } == ["p20", "p33", "p39"])
    for document in documents.prefix(2) {
      let found = try #require(document["findings"]?.array)
      #expect(found.compactMap { $0["line"]?.int } == [4, 4, 5, 5])
      #expect(found.compactMap { $0["seq"]?.int } == [4, 4, 5, 5])
    }
    #expect(documents[2]["findings"] == [])
  }

  @Test("is one document with --json, whatever of it is damaged")
  func document() throws {
    let outcome = try world.run("verify", "--json")
    #expect(try JSON(parsing: outcome.output).array?.count == names.count - 1)
    #expect(outcome.errors.split(separator: "\n").count == 3)
  }

  @Test("A file that is missing has no line")
  func missingFile() throws {
    let folder = world.root + "/p11/"
    try FileManager.default.moveItem(
      atPath: world.segment("p11"), toPath: folder + "00000000000000000007.ndjson")
    let outcome = try world.run("verify", "p11")
    #expect(outcome.status == .damage)
    #expect(
      outcome.output.hasSuffix(
        "  damage: ROOT/p11/00000000000000000001.ndjson: the journal's first segment is missing, "
          + "and 00000000000000000007.ndjson exists\n"), "\(outcome)")
    let json = try world.run("verify", "p11", "--ndjson")
    #expect(try JSON(parsing: json.output)["findings"]?.array?.first?["line"] == .null)
  }
}
