import JournalEngine
import Testing

@testable import Command

@Suite("Lines that do not count")
struct VoidLinesTests {
  let world = World()
  private let torn = #"{"seq":4,"time":"2025"#
  private let loser: String

  /// Behind three lines that count: a torn one, one that lost a race, and bytes without an end.
  init() throws {
    try world.done("profile", "create", "acme")
    let beforeLast = try world.bytes()
    try world.done("start", "acme")
    let last = try #require(try world.lines().last)
    // The same place in the chain as entry 3, by somebody who was second.
    loser = last.replacing("tester", with: "loser")
    let all = String(decoding: beforeLast, as: UTF8.self) + last + "\n"
    try world.overwrite(Array((all + torn + "\n" + loser + "\n" + #"{"seq":"#).utf8))
  }

  private var offset: Int {
    get throws { try world.lines()[0...2].joined(separator: "\n").utf8.count + 1 }
  }

  @Test("are left out of the history, and change nothing")
  func leftOut() throws {
    let outcome = try world.run("history", "acme", "--ndjson")
    #expect(outcome.output.split(separator: "\n").count == 3)
    #expect(outcome.errors == "")
    #expect(outcome.status == .done)
    #expect(try world.run("head", "acme") == .init(.done, "3:<acme 3>\n"))
  }

  @Test("are shown with --void, with place and reason")
  func table() throws {
    let (one, two) = (try offset, try offset + torn.utf8.count + 1)
    let outcome = try world.run("history", "acme", "--void", "--since", "3")
    #expect(outcome.status == .done)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("  3  2025-10-01T12:00:02.000000Z  session.started"))
    #expect(lines[2].hasPrefix("  -  -                            void: torn"))
    #expect(lines[2].hasSuffix("  00000000000000000001.ndjson byte \(one), 21 bytes"))
    #expect(lines[3].hasPrefix("  3  -                            void: lost race"))
    #expect(
      lines[3].hasSuffix("  00000000000000000001.ndjson byte \(two), \(loser.utf8.count) bytes"))
  }

  @Test("are shown with --void as JSON")
  func json() throws {
    let (one, two) = (try offset, try offset + torn.utf8.count + 1)
    let outcome = try world.run(
      "history", "acme", "--void", "--ndjson", "--reverse", "--limit", "2")
    #expect(
      outcome
        == .init(
          .done,
          """
          {"void":{"kind":"lost_race","run":2,"seq":3,"file":"00000000000000000001.ndjson",\
          "offset":\(two),"length":\(loser.utf8.count),"damage":false}}
          {"void":{"kind":"torn","run":1,"seq":null,"file":"00000000000000000001.ndjson",\
          "offset":\(one),"length":21,"damage":false}}

          """))
  }

  @Test("are shown with --void --raw byte for byte, even where they are not text")
  func raw() throws {
    try world.overwrite(try world.bytes() + [0xFF, 0x00, 10])
    let path = world.base + "/output"
    _ = try? world.run("history", "acme", "--void", "--raw")
    let shown = try world.bytes().dropLast(0)
    let output = try #require(try? [UInt8](contentsOf: path))
    #expect(output == Array(shown))
  }

  @Test("are shown with --void --raw whole, however long they are")
  func rawAndLong() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
    try world.overwrite(try world.bytes() + long + [10])
    #expect(try world.run("history", "acme", "--void", "--raw").status == .done)
    #expect(try [UInt8](contentsOf: world.base + "/output") == world.bytes())
  }

  @Test("are found by verify, and are harmless")
  func verify() throws {
    let (one, two) = (try offset, try offset + torn.utf8.count + 1)
    let file = "ROOT/acme/00000000000000000001.ndjson"
    let end = two + loser.utf8.count + 1
    #expect(
      try world.run("verify", "acme")
        == .init(
          .done,
          """
          acme: sound, 3 entries, \(end) bytes, head 3:<acme 3>
            torn: \(file) line 4, byte \(one), 21 bytes: not a line: a write was cut short there
            lost race: \(file) line 5, byte \(two), \(loser.utf8.count) bytes: \
          a line that says seq 3: its writer was second, and tried again
            unfinished: \(file) line 6, byte \(end), 7 bytes: no newline yet: \
          a write in flight, or cut short

          """))
  }

  @Test("are left where they are by the next writer, which goes on from the head")
  func goesOn() throws {
    try world.done("complete", "session_000000000002")
    #expect(try world.lines().count == 8)
    #expect(try world.lines()[5] == #"{"seq":"#)
    #expect(try world.lines()[6].contains(#""type":"journal.recovered""#))
    #expect(try world.run("head", "acme").output == "5:<acme 8>\n")
    #expect(try world.run("verify", "acme").status == .done)
  }
}

extension Array where Element == UInt8 {
  fileprivate init(contentsOf path: String) throws {
    self = Array(try InputFile.bytes(path))
  }
}
