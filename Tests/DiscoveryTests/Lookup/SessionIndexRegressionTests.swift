import Foundation
import JournalEngine
import Testing

@testable import Discovery

@Suite("Looking up a session, in odd cases")
struct SessionIndexRegressionTests {
  let scratch = Scratch()

  private var index: SessionIndex { SessionIndex(root: scratch.root, system: scratch.system) }
  private var file: String { scratch.path(".sessions") }

  private func start(_ session: String, in name: String) throws {
    try scratch.record("session.started", session, ["tracks": []], on: name)
  }

  @Test(
    "An id that cannot stand in the index is found each time",
    arguments: ["old session 1", "@1", "séance", "line\nend"])
  func oddIDs(id: String) throws {
    try start(id, in: "acme")
    for _ in 0..<3 { #expect(try index.journal(of: id)?.text == "acme") }
  }

  @Test("A torn hint does not hide the session that is noted behind it")
  func tornHint() throws {
    try start("s1", in: "acme")
    #expect(FileManager.default.createFile(atPath: file, contents: Data("s9 ol".utf8)))
    #expect(try index.journal(of: "nobody") == nil)
    for _ in 0..<2 { #expect(try index.journal(of: "s1")?.text == "acme") }
    try scratch.append(Array("s8 torn".utf8), to: file)
    index.add("s1", in: try JournalName("acme"))
    #expect(try index.journal(of: "s1")?.text == "acme")
  }

  @Test("A batch that is glued to a torn line is not believed")
  func glued() throws {
    try start("s1", in: "acme")
    _ = try index.journal(of: "nobody")
    let batch = try #require(try scratch.tree()[".sessions"]).drop { $0 == 10 }
    try Data("torn".utf8 + batch).write(to: URL(fileURLWithPath: file))
    #expect(try index.journal(of: "s1")?.text == "acme")
  }

  @Test("A journal that cannot be read is told of only where no other holds the session")
  func unreadable() throws {
    try start("s1", in: "zeta")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("latest"), withDestinationPath: "zeta")
    #expect(try index.journal(of: "s1")?.text == "zeta")
    let error = #expect(throws: JournalError.self) { try index.journal(of: "nobody") }
    #expect(error?.code == .notAFolder)
  }

  @Test("A session that stands in two journals is a conflict that names both", arguments: [0, 2])
  func twice(hints: Int) throws {
    for name in ["acme", "beta"] {
      try start("s1", in: name)
      if hints > 0 { index.add("s1", in: try JournalName(name)) }
    }
    for _ in 0..<2 {
      let error = #expect(throws: DiscoveryError.self) { try index.journal(of: "s1") }
      #expect(error?.code == .conflict)
      #expect(error?.message == "s1 is in several journals: acme, beta")
      #expect(error?.hint == "say which with --profile")
    }
  }

  @Test("A hint that lies makes no conflict")
  func lie() throws {
    try start("s1", in: "acme")
    try start("s2", in: "beta")
    for name in ["acme", "beta"] { index.add("s1", in: try JournalName(name)) }
    #expect(try index.journal(of: "s1")?.text == "acme")
  }

  @Test("Ids that look alike are two ids")
  func alike() throws {
    try start("cafe\u{301}", in: "acme")
    for _ in 0..<2 { #expect(try index.journal(of: "caf\u{E9}") == nil) }
    #expect(try index.journal(of: "cafe\u{301}")?.text == "acme")
  }

  @Test("Progress counts the bytes that were read")
  func progress() throws {
    try start("s1", in: "acme")
    try start("s2", in: "beta")
    var seen: [Int64] = []
    _ = try index.journal(of: "nobody") { seen.append($0) }
    let files = try scratch.tree().filter { $0.key.hasSuffix(".ndjson") }
    #expect(seen == seen.sorted())
    #expect(seen.last == Int64(files.values.reduce(0) { $0 + $1.count }))
  }
}
