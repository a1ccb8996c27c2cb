import Foundation
import JournalEngine
import Testing

@testable import Discovery

@Suite("Looking up the journal of a session")
struct SessionIndexTests {
  let scratch = Scratch()
  let counting = CountingFileSystem()
  let index: SessionIndex
  let plain: SessionIndex

  /// Three journals with two sessions each: a1, a2, b1, b2, c1, c2.
  init() throws {
    plain = SessionIndex(root: scratch.root, system: scratch.system)
    index = SessionIndex(
      root: scratch.root, system: JournalSystem(fileSystem: counting, clock: scratch.clock))
    for name in ["a", "b", "c"] {
      for number in 1...2 { try scratch.perform(.start(session: "\(name)\(number)"), on: name) }
    }
  }

  private var file: String { scratch.path(".sessions") }

  private func remove() throws { try FileManager.default.removeItem(atPath: file) }

  private func overwrite(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  private func expectAllFound() throws {
    for name in ["a", "b", "c"] {
      for number in 1...2 { #expect(try index.journal(of: "\(name)\(number)")?.text == name) }
    }
    #expect(try index.journal(of: "d1") == nil)
  }

  @Test("finds every session by the hints that starts leave, and none that is not there")
  func withHints() throws {
    let text = String(decoding: try #require(try scratch.tree()[".sessions"]), as: UTF8.self)
    #expect(text.split(separator: "\n").sorted().first == "a1 a")
    try expectAllFound()
  }

  @Test("finds them without the file, and makes it anew")
  func deleted() throws {
    try remove()
    try expectAllFound()
    #expect(FileManager.default.fileExists(atPath: file))
    try expectAllFound()
  }

  @Test("finds them where the file is longer than any index, and reads none of it")
  func tooLong() throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: file))
    try handle.truncate(atOffset: 1 << 42)
    try handle.close()
    try expectAllFound()
    let wanted = [ExactName("a1"): try JournalName("b")]
    #expect(index.elsewhere(wanted).isEmpty)
  }

  @Test("finds them where there cannot be a file")
  func noFile() throws {
    try remove()
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
    try expectAllFound()
    try expectAllFound()
  }

  struct Litter: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    init(_ what: String, _ bytes: [UInt8]) {
      testDescription = what
      self.bytes = bytes
    }
  }

  static let litter: [Litter] = [
    .init("blank lines", [10, 10, 10]),
    .init("NULs", [UInt8](repeating: 0, count: 4096)),
    .init("a torn hint", Array("a1".utf8)),
    .init("a torn check line", Array("@ 12 a 99".utf8)),
    .init("bytes that are not UTF-8", [0xFF, 0xFE, 10, 0xC0, 32, 0x80, 10]),
    .init("names that are none", Array("a1 ../a\na1 \na1 a b\n@ 1 ../x 3 4\n".utf8)),
    .init("a check line that does not hold", Array("@ 0 c 1 \(Digest.zero)\n".utf8)),
    .init("lengths beyond the file", Array("@ 999999 c 1 \(Digest.zero)\n@ -5 c 1 x\n".utf8)),
    .init("a number too large", Array("@ 99999999999999999999 c 1 \(Digest.zero)\n".utf8)),
  ]

  @Test("finds them whatever else stands in the file", arguments: litter)
  func garbage(litter: Litter) throws {
    try overwrite(litter.bytes)
    try expectAllFound()
    try scratch.append(litter.bytes, to: file)
    try expectAllFound()
    // And when more is recorded behind it.
    try scratch.perform(.start(session: "c3"), on: "c")
    #expect(try index.journal(of: "c3")?.text == "c")
    try expectAllFound()
  }

  @Test("believes no hint: one that names another journal, or one that is not there, is checked")
  func lie() throws {
    try overwrite(Array("a1 c\na1 ghost\nd1 a\nb1 a\n".utf8))
    try expectAllFound()
  }

  @Test("believes no check line that takes in another batch, however sound it is")
  func batchInBatch() throws {
    let (a, b) = (try JournalName("a"), try JournalName("b"))
    let first = IndexContents.batch("a1 a\n", journal: a, extent: 5)
    // From the first batch on, with all that it says.
    let both = String(first.dropFirst()) + "b1 b\n"
    let second = String(
      IndexContents.batch(both, journal: b, extent: 7).dropFirst(first.utf8.count))
    let contents = IndexContents(Array((first + second).utf8))
    #expect(contents.scanned() == [a: 5])
    let apart = IndexContents.batch("b1 b\n", journal: b, extent: 7)
    #expect(IndexContents(Array((first + apart).utf8)).scanned() == [a: 5, b: 7])
  }

  @Test("believes no check line that was altered")
  func alteredCheck() throws {
    try remove()
    _ = try index.journal(of: "nobody")
    let text = String(decoding: try #require(try scratch.tree()[".sessions"]), as: UTF8.self)
    // The session is taken out of the batch, and the check line left as it was.
    try overwrite(Array(text.replacingOccurrences(of: "b2 b\n", with: "x2 b\n").utf8))
    #expect(try index.journal(of: "b2")?.text == "b")
  }

  @Test("sees what has come since the file was written")
  func growth() throws {
    #expect(try index.journal(of: "c3") == nil)
    try scratch.perform(.start(session: "c3"), on: "c")
    #expect(try index.journal(of: "c3")?.text == "c")
    // Recorded by somebody who leaves no hints.
    try scratch.perform(.complete(session: "a2"), on: "a")
    try scratch.record("session.started", "a9", ["tracks": []], on: "a")
    try scratch.record("session.started", "d9", ["tracks": []], on: "d")
    #expect(try index.journal(of: "a9")?.text == "a")
    #expect(try index.journal(of: "d9")?.text == "d")
  }

  @Test("reads the session's own journal on a hit, and no other")
  func hit() throws {
    _ = counting.takeReads()
    #expect(try index.journal(of: "b2")?.text == "b")
    #expect(Set(counting.takeReads().keys) == ["b"])
  }

  @Test("reads each journal once for a session that is nowhere, and then only what has grown")
  func miss() throws {
    #expect(try index.journal(of: "nobody") == nil)
    #expect(Set(counting.takeReads().keys) == ["a", "b", "c"])
    #expect(try index.journal(of: "nobody") == nil)
    #expect(try index.journal(of: "another") == nil)
    #expect(counting.takeReads().isEmpty)
    try scratch.perform(.complete(session: "b2"), on: "b")
    #expect(try index.journal(of: "nobody") == nil)
    #expect(Set(counting.takeReads().keys) == ["b"])
  }

  @Test(
    "finds sessions whose ids cannot stand in the file, each time",
    arguments: ["two words", "caf\u{E9}", "line\nend", "@ 5 a", "tab\t"])
  func oddIDs(id: String) throws {
    try scratch.record("session.started", id, ["tracks": []], on: "d")
    for _ in 0..<3 { #expect(try index.journal(of: id)?.text == "d") }
  }

  @Test("does not take one session for another whose id begins or looks alike")
  func alike() throws {
    try scratch.perform(.start(session: "cafe\u{301}"), on: "d")
    for id in ["caf\u{E9}", "a", "a11", "a1 ", "", " ", "caf\u{E9}"] {
      for _ in 0..<2 { #expect(try index.journal(of: id) == nil, "\(id)") }
    }
  }

  @Test("finds a session although another journal cannot be read, and tells where it finds none")
  func unreadable() throws {
    try scratch.perform(.complete(session: "a2"), on: "a")
    let link = scratch.path("B-link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a")
    try remove()
    #expect(try index.journal(of: "c1")?.text == "c")
    let error = try #require(throws: JournalError.self) { try index.journal(of: "nobody") }
    #expect(error.code == .notAFolder)
    // A hint that leads into it does no harm either.
    try overwrite(Array("c2 B-link\n".utf8))
    #expect(try index.journal(of: "c2")?.text == "c")
  }

  @Test("makes no root and no file where there is none")
  func noRoot() throws {
    let nowhere = Scratch()
    let index = SessionIndex(root: nowhere.root, system: nowhere.system)
    #expect(try index.journal(of: "a1") == nil)
    index.add("a1", in: try JournalName("a"))
    #expect(!FileManager.default.fileExists(atPath: nowhere.root))
  }

  @Test("finds a session whose start was dropped by pruning")
  func pruned() throws {
    let options = WriteOptions(segmentLimit: 1, snapshots: .never)
    let profiles = Profiles(root: scratch.root, system: scratch.system, options: options)
    let name = try JournalName("a")
    for session in ["a3", "a4"] {
      _ = try profiles.perform(
        .start(session: session), on: name, by: nil)
    }
    let writer = try JournalWriter<Profile>(
      name, in: scratch.root, system: scratch.system, options: options)
    #expect(!(try writer.compact(CompactionOptions(pruneBefore: .head))).pruned.isEmpty)
    try remove()
    for session in ["a1", "a2", "a3", "a4"] {
      #expect(try index.journal(of: session)?.text == "a")
    }
    #expect(try index.journal(of: "b1")?.text == "b")
    #expect(try index.journal(of: "nowhere") == nil)
  }
}
