import JournalEngine
import Testing

@testable import Command

@Suite("daybook history")
struct HistoryTests {
  let world = World()

  init() throws {
    try world.done("profile", "create", "acme", "name=Acme")  // 12:00:01, 1 and 2
    try world.done("start", "acme", "--id", "k")  // 12:00:02, 3
    try world.done("found", "session_000000000002", "--track", "t", "--count", "1")  // 4
    try world.done("start", "acme")  // 12:00:04, 5 and 6
    try world.done("fail", "session_000000000005", "--error", "e")  // 12:00:05, 7
  }

  private func seqs(_ options: String...) throws -> [Int64?] {
    let outcome = try world.run(["history", "acme", "--ndjson"] + options)
    #expect(outcome.status == .done)
    return try outcome.output.split(separator: "\n").map { try JSON(parsing: $0.utf8)["seq"]?.int }
  }

  @Test("shows the entries as a table")
  func table() throws {
    #expect(
      try world.run("history", "acme", "--until", "4")
        == .init(
          .done,
          """
          SEQ  TIME                         TYPE             SUBJECT               BY      DATA
            1  2025-10-01T12:00:01.000000Z  journal.opened   -                     -       \
          {"format":1,"journal":"acme"}
            2  2025-10-01T12:00:01.000000Z  profile.created  -                     tester  \
          {"fields":{"name":"Acme"}}
            3  2025-10-01T12:00:02.000000Z  session.started  session_000000000002  tester  \
          {"tracks":[]}
            4  2025-10-01T12:00:03.000000Z  session.found    session_000000000002  tester  \
          {"track":"t","count":1}

          """))
  }

  @Test("shows all members of the lines as JSON, and each line's hash")
  func json() throws {
    let line = try world.lines()[2]
    let expected = line.dropLast() + #","hash":"<acme 3>"}"#
    let outcome = try world.run("history", "acme", "--since", "3", "--until", "3", "--json")
    let hidden = expected.replacing(
      try #require(try world.hashes()["acme"])[1], with: "<acme 2>")
    #expect(outcome == .init(.done, try pretty("[\(hidden)]")))
  }

  @Test("chooses by session, type and the places where to begin and end")
  func filters() throws {
    #expect(try seqs() == [1, 2, 3, 4, 5, 6, 7])
    #expect(try seqs("--session", "session_000000000002") == [3, 4, 5])
    #expect(try seqs("--session", "nobody") == [])
    #expect(try seqs("--type", "session.started") == [3, 6])
    #expect(try seqs("--type", "session.*") == [3, 4, 5, 6, 7])
    #expect(try seqs("--type", "*") == [1, 2, 3, 4, 5, 6, 7])
    #expect(try seqs("--type", "session.f*", "--type", "profile.created") == [2, 4, 5, 7])
    #expect(try seqs("--type", "session") == [])
    #expect(try seqs("--since", "6") == [6, 7])
    #expect(try seqs("--since", "8") == [])
    #expect(try seqs("--until", "2") == [1, 2])
    #expect(try seqs("--until", "0") == [])
    #expect(try seqs("--since", "3", "--until", "5") == [3, 4, 5])
    #expect(try seqs("--since", "5", "--until", "3") == [])
  }

  @Test("takes times for the places, with those that stand right at them")
  func times() throws {
    #expect(try seqs("--since", "2025-10-01T12:00:04Z") == [5, 6, 7])
    #expect(try seqs("--until", "2025-10-01T12:00:01Z") == [1, 2])
    #expect(try seqs("--since", "2025-10-01T14:00:04.000001+02:00") == [7])
    #expect(try seqs("--since", "-1d", "--until", "now") == [1, 2, 3, 4, 5, 6, 7])
    #expect(try seqs("--until", "yesterday") == [])
    #expect(try seqs("--since", "2025-10-01") == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test("turns round, and keeps the newest of a number, whichever way it shows them")
  func order() throws {
    #expect(try seqs("--reverse") == [7, 6, 5, 4, 3, 2, 1])
    #expect(try seqs("--limit", "2") == [6, 7])
    #expect(try seqs("--limit", "2", "--reverse") == [7, 6])
    #expect(try seqs("--limit", "0") == [])
    #expect(try seqs("--limit", "7") == [1, 2, 3, 4, 5, 6, 7])
    #expect(try seqs("--limit", "99") == [1, 2, 3, 4, 5, 6, 7])
    #expect(try seqs("--limit", "1", "--type", "session.started") == [6])
  }

  @Test(
    "begins at a snapshot where that is far enough back, and does not see what was altered before")
  func snapshots() throws {
    try world.done("compact", "acme")
    try world.done("start", "acme")  // 8
    try world.done("start", "acme")  // 9 and 10
    #expect(try seqs("--limit", "2") == [9, 10])
    #expect(try seqs("--limit", "4") == [7, 8, 9, 10])
    #expect(try seqs("--since", "9") == [9, 10])
    #expect(try seqs("--since", "7") == [7, 8, 9, 10])
    try world.flipByte(inLine: 2)
    #expect(try seqs("--limit", "2") == [9, 10])
    #expect(try seqs("--limit", "3", "--reverse") == [10, 9, 8])
    #expect(try seqs("--since", "9") == [9, 10])
    #expect(try seqs("--since", "9", "--limit", "5") == [9, 10])
    #expect(try world.run("history", "acme", "--since", "10", "--raw").status == .done)
    #expect(try world.run("history", "acme", "--since", "10").status == .done)
    for options in [[], ["--limit", "4"], ["--since", "8", "--void"], ["--since", "7"]] {
      let outcome = try world.run(["history", "acme"] + options)
      #expect(outcome.status == .damage, "\(options)")
    }
  }

  @Test("shows the very lines: the SHA-256 of one is what the next one chains on")
  func raw() throws {
    let outcome = try world.run("history", "acme", "--raw")
    let bytes = try world.bytes()
    let hashes = try #require(try world.hashes()["acme"])
    var shown = String(decoding: bytes, as: UTF8.self)
    for (index, hash) in hashes.enumerated() {
      shown = shown.replacing(hash, with: "<acme \(index + 1)>")
    }
    #expect(outcome == .init(.done, shown))
    let lines = try world.lines()
    for (one, next) in zip(lines, lines.dropFirst()) {
      let digest = Digest(of: Array(one.utf8)).description
      #expect(next.hasSuffix(#","prev":"\#(digest)"}"#))
    }
    #expect(lines.first?.contains(#""prev":"\#(Digest.zero)"}"#) == true)
    #expect(try world.run("history", "acme", "--raw", "--limit", "1").output.contains(#""seq":7"#))
  }

  @Test("escapes what could drive a terminal, and only there")
  func escapes() throws {
    try world.done("profile", "create", "beta", "x=\u{1B}[31m\u{202E}")
    let table = try world.run("history", "beta").output
    #expect(!table.contains("\u{1B}"))
    #expect(table.contains(#"\u001b[31m\u{202E}"#))
    let status = try world.run("status", "beta").output
    #expect(status.contains(#"x                \u{1B}[31m\u{202E}"#))
  }
}
