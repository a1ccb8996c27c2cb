import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@Suite("The real file system")
struct PosixFileSystemTests {
  private let scratch: ScratchFolder
  private let name: JournalName

  init() throws {
    scratch = try ScratchFolder()
    name = try JournalName("j")
  }

  private var root: String { scratch.path + "/root" }

  private func writer() throws -> JournalWriter<Tally> { try JournalWriter(name, in: root) }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test("keeps what is recorded to its owner")
  func modes() throws {
    try writer().append(Tally.Event("a"))
    #expect(try mode(root) == 0o700)
    #expect(try mode(root + "/j") == 0o700)
    #expect(try mode(root + "/j/00000000000000000001.ndjson") == 0o600)
  }

  @Test("takes no path for what stands before a NUL in it")
  func nul() throws {
    for root in [root + "\0x", "\0"] {
      let error = #expect(throws: JournalError.self) {
        try JournalWriter<Tally>(name, in: root).append(Tally.Event("a"))
      }
      #expect(error?.code == .invalidName)
      #expect(throws: JournalError.self) { try JournalReader(name, in: root).exists() }
      #expect(PosixFileSystem().derivedFile(".sessions", in: root) == nil)
    }
    #expect(!FileManager.default.fileExists(atPath: root))
  }

  @Test("holds a journal that goes on from one handle to the next")
  func goesOn() throws {
    let one = try writer()
    try one.append(Tally.Event("a"))
    let two = try writer()
    try two.append(Tally.Event("b"))
    try one.append(Tally.Event("c"))
    let replay = try JournalReader(name, in: root).replay(Tally.self)
    #expect(replay.state.tags == ["a", "b", "c"])
    #expect(try JournalReader(name, in: root).head() == one.head)
  }

  @Test("refuses a journal that is a link or a file, and says so")
  func notAFolder() throws {
    try writer().append(Tally.Event("a"))
    try link(root + "/linked", to: "j")
    try Data().write(to: URL(fileURLWithPath: root + "/file"))
    for text in ["linked", "file"] {
      let other = try JournalName(text)
      let error = #expect(throws: JournalError.self) {
        try JournalWriter<Tally>(other, in: root)
      }
      #expect(error?.code == .notAFolder)
      #expect(throws: JournalError.self) {
        try JournalReader(other, in: root).replay(Tally.self)
      }
    }
  }

  @Test("refuses a segment that is a link, and what it points to is not touched")
  func linkedSegment() throws {
    try scratch.write([], to: "root/j/none")
    try scratch.write([1, 2, 3], to: "target")
    try link(root + "/j/00000000000000000001.ndjson", to: "../../target")
    let error = #expect(throws: JournalError.self) { try writer() }
    #expect(error?.code == .notAFolder)
    #expect(try scratch.read("target") == [1, 2, 3])
  }

  @Test("refuses a segment that is no file, without waiting for anything")
  func fifo() throws {
    try scratch.write([], to: "root/j/none")
    try #require(mkfifo(root + "/j/00000000000000000001.ndjson", 0o600) == 0)
    let error = #expect(throws: JournalError.self) { try writer() }
    #expect(error?.code == .io)
  }

  @Test("takes a root that is a link: the caller chose it")
  func linkedRoot() throws {
    try writer().append(Tally.Event("a"))
    try link(scratch.path + "/other", to: "root")
    let reader = JournalReader(name, in: scratch.path + "/other")
    #expect(try reader.replay(Tally.self).state.tags == ["a"])
  }

  @Test("makes the root, and not the folders above it")
  func rootAbove() throws {
    let error = #expect(throws: JournalError.self) {
      try JournalWriter<Tally>(name, in: root + "/deep").append(Tally.Event("a"))
    }
    #expect(error?.code == .notFound)
    #expect(!FileManager.default.fileExists(atPath: root))
  }

  @Test("lists the folders of a root as its journals, and no files")
  func names() throws {
    try writer().append(Tally.Event("a"))
    try scratch.write([1], to: "root/file")
    try scratch.write([1], to: "root/b/f")
    #expect(try JournalReader.names(in: root)?.map(\.text) == ["b", "j"])
    #expect(try JournalReader.names(in: scratch.path + "/none") == nil)
  }

  @Test("knows the file systems that the tests run on")
  func atomicity() throws {
    let folder = try PosixFileSystem().makeJournalFolder("j", in: root)
    let (known, fileSystem) = try folder.appendsAtomically()
    #expect(known, "\(fileSystem)")
    #expect(!fileSystem.isEmpty)
  }
}
