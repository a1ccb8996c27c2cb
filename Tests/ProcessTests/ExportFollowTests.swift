import Discovery
import Foundation
import Glibc
import JournalEngine
import Testing

@Suite("daybook export --follow", .timeLimit(.minutes(2)))
struct ExportFollowTests {
  private let scratch: Scratch
  private let journals: Journals

  init() throws {
    scratch = try Scratch()
    journals = scratch.journals
    try journals.done("profile", "create", "p")
  }

  /// `p 1` and so on, of records in CSV.
  private func place(_ record: String) -> String {
    record.split(separator: ",").prefix(2).joined(separator: " ")
  }

  private func follow(_ arguments: String...) throws -> Child {
    try Child(
      journals.command(["export", "--format", "csv", "--no-header", "--follow"] + arguments))
  }

  @Test("It tells what there is, then what any process appends, until Ctrl-C")
  func untilInterrupted() throws {
    let child = try follow()
    var lines = Lines(child.output)
    #expect(lines.next(2).map(place) == ["p 1", "p 2"])
    for seq in 3...6 {
      try journals.done("profile", "set", "p", "a=\(seq)")
      #expect(lines.next().map(place) == "p \(seq)")
    }
    child.send(SIGINT)
    #expect(lines.next() == nil)
    let result = child.finish()
    #expect(result.status == .signal(SIGINT))
    #expect(result.error.isEmpty)
  }

  @Test("Journals that are made later are followed too, and no journal's name is lost")
  func newJournals() throws {
    let child = try follow()
    var lines = Lines(child.output)
    #expect(lines.next(2).count == 2)
    for name in ["a", "q", "z"] {
      try journals.done("profile", "create", name)
      #expect(lines.next(2).map(place) == ["\(name) 1", "\(name) 2"])
      try journals.done("profile", "set", "p", "a=1")
      #expect(lines.next().map(place)?.hasPrefix("p ") == true)
      try journals.done("profile", "set", name, "a=1")
      #expect(lines.next().map(place) == "\(name) 3")
    }
    child.send(SIGTERM)
    #expect(child.finish().status == .signal(SIGTERM))
  }

  @Test("From now on is told what comes, and of journals that come all")
  func fromNow() throws {
    let child = try follow("--since", "now")
    var number = 0
    // Once something comes, it follows.
    var output = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
    while poll(&output, 1, 0) == 0 {
      number += 1
      try journals.done("profile", "set", "p", "a=\(number)")
    }
    try journals.done("profile", "create", "q")
    var lines = Lines(child.output)
    var seen: [String] = []
    while seen.last != "q 2", let line = lines.next() { seen.append(place(line)) }
    let first = try #require(seen.first?.split(separator: " ").last.flatMap { Int($0) })
    #expect(seen == (first...number + 2).map { "p \($0)" } + ["q 1", "q 2"])
    child.send(SIGINT)
    #expect(child.finish().status == .signal(SIGINT))
  }

  @Test("Once the root is gone there is nothing to follow")
  func rootRemoved() throws {
    let child = try follow()
    var lines = Lines(child.output)
    #expect(lines.next(2).count == 2)
    try FileManager.default.removeItem(atPath: journals.root)
    let result = child.finish()
    #expect(result.status == .exit(3), "\(result)")
    #expect(result.error.contains("error: "), "\(result)")
  }

  @Test("Those that are named are followed, and no others")
  func named() throws {
    try journals.done("profile", "create", "q")
    let child = try follow("q", "--since", "1")
    var lines = Lines(child.output)
    #expect(lines.next().map(place) == "q 2")
    try journals.done("profile", "set", "p", "a=1")
    try journals.done("profile", "set", "q", "a=1")
    #expect(lines.next().map(place) == "q 3")
    child.send(SIGINT)
    #expect(child.finish().status == .signal(SIGINT))
  }

  @Test("Once nobody reads any more it ends quietly, although nothing happens")
  func closedPipe() throws {
    let child = try follow()
    var lines = Lines(child.output)
    #expect(lines.next(2).count == 2)
    let error = child.error
    child.closeOutput()
    #expect(child.wait() == .exit(0))
    var byte: UInt8 = 0
    #expect(read(error, &byte, 1) == 0)
  }

  @Test("Ctrl-C ends it while its reader does not read on, without a word")
  func blocked() throws {
    try journals.makeLarge("p2")
    let child = try follow()
    var byte: UInt8 = 0
    #expect(read(child.output, &byte, 1) == 1)
    child.send(SIGINT)
    let result = child.finish()
    #expect(result.status == .signal(SIGINT))
    #expect(result.error.isEmpty)
  }

  @Test("A journal that is removed is told of and left, and the others are followed")
  func removed() throws {
    try journals.done("profile", "create", "q")
    let child = try follow()
    var lines = Lines(child.output)
    #expect(lines.next(4).count == 4)
    try journals.done("profile", "set", "q", "a=1")
    #expect(lines.next().map(place) == "q 3")
    try FileManager.default.removeItem(atPath: journals.folder("p"))
    var errors = Lines(child.error)
    #expect(errors.next()?.hasPrefix("error: p: there is no journal p") == true)
    try journals.done("profile", "set", "q", "a=2")
    #expect(lines.next().map(place) == "q 4")
    child.send(SIGINT)
    #expect(child.finish().status == .signal(SIGINT))
  }

  @Test("The one journal that was named and is removed ends it")
  func lastRemoved() throws {
    let child = try follow("p")
    var lines = Lines(child.output)
    #expect(lines.next(2).count == 2)
    try FileManager.default.removeItem(atPath: journals.folder("p"))
    let result = child.finish()
    #expect(result.status == .exit(3))
    #expect(result.error.hasPrefix("error: there is no journal p"))
  }

  @Test("Their number costs no descriptors")
  func many() throws {
    let profiles = Profiles(root: journals.root)
    for number in 0..<200 {
      _ = try profiles.perform(.create(fields: [:]), on: JournalName("q\(number)"))
    }
    let child = try Child(
      ["bash", "-c", #"ulimit -n 24; exec "$@""#, "bash"]
        + journals.command(["export", "--format", "csv", "--no-header", "--follow"]))
    var lines = Lines(child.output)
    #expect(lines.next(2 + 2 * 200).count == 402)
    for number in [0, 100, 199] {
      _ = try profiles.perform(.update(set: ["a": 1]), on: JournalName("q\(number)"))
      #expect(lines.next().map(place) == "q\(number) 3")
    }
    child.send(SIGINT)
    let result = child.finish()
    #expect(result.status == .signal(SIGINT))
    #expect(result.error.isEmpty)
  }

  @Test("Beside writers that are killed it tells every entry once and in order")
  func besideWriters() async throws {
    let child = try follow()
    let output = child.output
    async let records = Self.recordsUntilTheLast(output)
    let seed = Seed.given()
    let log = try await offPool { [journals] in
      var torture = Torture(
        journals, profile: "p", roles: [.write, .write, .write, .write], random: seed)
      return try torture.run(for: .seconds(2))
    }
    try journals.done("profile", "set", "p", "end=true", "--by", Self.last)
    let told = try await records
    child.send(SIGINT)
    let recorded = try ReadBack(journals.reader("p")).entries
    print("export, DAYBOOK_SEED=\(seed.start): \(recorded.count) entries, \(log.kills) killed")
    let hashes = told.map { $0.split(separator: ",").last.map(String.init) ?? "" }
    let isSame = hashes == recorded.map { "\($0.hash)\r" }
    #expect(isSame, "\(told.count) were told")
    #expect(log.acknowledgedAfterKill > 0)
    #expect(child.finish().status == .signal(SIGINT))
  }

  private static let last = "the one who is last"

  private static func recordsUntilTheLast(_ descriptor: Int32) async throws -> [String] {
    try await offPool {
      var lines = Lines(descriptor)
      var records: [String] = []
      while let record = lines.next() {
        records.append(record)
        if record.contains(last) { break }
      }
      return records
    }
  }
}
