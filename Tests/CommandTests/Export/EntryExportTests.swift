import Foundation
import JournalEngine
import Testing

@testable import Command

@Suite("daybook export --format")
struct EntryExportTests {
  let world = World()

  init() throws {
    try world.done("profile", "create", "acme", "name=Acme")
    try world.done("start", "acme", "--track", "government", "--id", "k")
    try world.done("profile", "create", "beta", "note=a, \"b\"")
  }

  /// A journal's line as the output shows it, with its `prev` by name.
  private func shown(_ name: String, _ seq: Int) throws -> String {
    let line = try world.lines(name)[seq - 1]
    guard seq > 1 else { return line }
    let prev = try #require(try world.hashes()[name])[seq - 2]
    return line.replacing(prev, with: "<\(name) \(seq - 1)>")
  }

  @Test("ndjson gives each journal's lines in their order, with journal and cursor")
  func ndjson() throws {
    var expected = ""
    for (name, count) in [("acme", 3), ("beta", 2)] {
      for seq in 1...count {
        expected += #"{"journal":"\#(name)","cursor":"\#(seq):<\#(name) \#(seq)>","#
        expected += #""entry":\#(try shown(name, seq))}"# + "\n"
      }
    }
    #expect(try world.run("export", "--format", "ndjson") == .init(.done, expected))
  }

  @Test("cloudevents gives one event a line")
  func cloudEvents() throws {
    #expect(
      try world.run("export", "acme", "--format", "cloudevents", "--since", "2")
        == .init(
          .done,
          """
          {"specversion":"1.0","id":"3:<acme 3>","source":"/journals/acme",\
          "type":"session.started","subject":"session_000000000002",\
          "time":"2025-10-01T12:00:02.000000Z","journal":"acme",\
          "sequence":"00000000000000000003","prev":"<acme 2>","by":"tester","key":"k",\
          "datacontenttype":"application/json","data":{"tracks":["government"]}}

          """))
  }

  @Test("csv gives a header and a record an entry; --no-header leaves the header out")
  func csv() throws {
    let zeros = String(repeating: "0", count: 64)
    let records =
      #"beta,1,2025-10-01T12:00:03.000000Z,journal.opened,,,,"#
      + #""{""format"":1,""journal"":""beta""}",\#(zeros),<beta 1>"# + "\r\n"
      + #"beta,2,2025-10-01T12:00:03.000000Z,profile.created,,tester,,"#
      + #""{""fields"":{""note"":""a, \""b\""""}}",<beta 1>,<beta 2>"# + "\r\n"
    let header = "journal,seq,time,type,subject,by,id,data,prev,hash\r\n"
    #expect(try world.run("export", "beta", "--format", "csv") == .init(.done, header + records))
    #expect(
      try world.run("export", "beta", "--format", "csv", "--no-header") == .init(.done, records))
  }

  @Test("Profiles that are named come in the order in which they are named")
  func named() throws {
    let output = try world.done("export", "beta", "acme", "--format", "csv", "--no-header")
    #expect(
      output.split(separator: "\r\n").map { $0.prefix(6) } == [
        "beta,1", "beta,2", "acme,1", "acme,2", "acme,3",
      ])
  }

  @Test("Lines that do not count are left out, and the journal's damage is told")
  func damage() throws {
    try world.flipByte(inLine: 2, of: "acme")
    let outcome = try world.run("export", "--format", "csv", "--no-header")
    #expect(outcome.status == .damage)
    #expect(
      outcome.output.split(separator: "\r\n").map { $0.prefix(6) } == [
        "acme,1", "beta,1", "beta,2",
      ])
    #expect(outcome.errors.hasPrefix("error: acme: "))
    let one = try world.run("export", "acme", "--format", "csv", "--json")
    #expect(one.status == .damage)
    #expect(try JSON(parsing: one.errors)["error"]?["code"] == "damaged")
  }

  @Test("What was dropped by pruning is told of")
  func pruned() throws {
    // The first seals the segment; the second drops it once another one follows.
    try world.done("compact", "acme", "--prune-before", "now")
    try world.done("profile", "set", "acme", "a=1")
    try world.done("compact", "acme", "--prune-before", "5")
    let outcome = try world.run("export", "acme", "--format", "csv", "--no-header")
    #expect(outcome.status == .done)
    #expect(
      outcome.errors
        == """
        warning: acme: the stream begins with entry 5: those before it were dropped by pruning

        """)
    #expect(outcome.output.hasPrefix("acme,5,"))
  }

  @Test(
    "What makes no sense together is refused",
    arguments: [
      ([], "nothing says what to export"),
      (["--format", "xml"], "'--format' takes ndjson, cloudevents or csv, not 'xml'"),
      (["--format", "ndjson", "--no-header"], "--no-header goes with --format csv"),
      (["--to", "x", "--no-header"], "--no-header goes with --format"),
    ])
  func refused(options: [String], message: String) throws {
    let outcome = try world.run(["export"] + options)
    #expect(outcome.status == .usage)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome)")
    #expect(outcome.errors.contains("\nhint: ") || message.contains(" takes "), "\(outcome)")
  }

  @Test("A root that is not there, and a profile that is not")
  func missing() throws {
    let empty = World()
    #expect(try empty.run("export", "--format", "csv").status == .notFound)
    let outcome = try world.run("export", "nope", "beta", "--format", "csv", "--no-header")
    #expect(outcome.status == .notFound)
    #expect(outcome.output.hasPrefix("beta,1,"))
    #expect(outcome.errors.hasPrefix("error: nope: there is no journal nope"))
  }

  @Test("A file of cursors that is not there is told with what to do")
  func noCursorFile() throws {
    let outcome = try world.run("export", "--format", "csv", "--since", "@nofile")
    #expect(
      outcome
        == .init(
          .notFound,
          errors: """
            error: cannot open nofile: No such file or directory
            hint: check the path; - is standard input

            """))
  }
}
