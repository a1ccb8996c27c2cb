import Foundation
import Glibc
import Testing

@Suite("Places that are no journals")
struct BadPlaceTests {
  /// Commands that read and that write, each with what it says of the profile `p`.
  static let commands = [
    ["status", "p"], ["history", "p"], ["verify", "p"], ["head", "p"], ["replay", "p"],
    ["start", "p"], ["profile", "set", "p", "a=1"],
    ["complete", "session_000000000000", "--profile", "p"],
  ]

  @Test("A journal that is a symbolic link is refused", arguments: commands)
  func linkedFolder(command: [String]) throws {
    let scratch = try Scratch()
    let elsewhere = Journals(root: scratch.path + "/Elsewhere")
    try elsewhere.done("start", "p")
    try makeRoot(scratch)
    symlink(elsewhere.folder("p"), scratch.journals.folder("p"))
    try expectRefusal(of: command, code: "not_a_folder", scratch)
  }

  @Test("A journal that is a file is refused", arguments: commands)
  func fileForAFolder(command: [String]) throws {
    let scratch = try Scratch()
    try makeRoot(scratch)
    try Files.write("x", to: scratch.journals.folder("p"))
    try expectRefusal(of: command, code: "not_a_folder", scratch)
  }

  @Test("A root that is a file is refused", arguments: commands + [["status"], ["verify"]])
  func fileForARoot(command: [String]) throws {
    let scratch = try Scratch()
    try Files.write("x", to: scratch.journals.root)
    try expectRefusal(
      of: command, code: "not_a_folder", scratch, naming: scratch.journals.root)
  }

  @Test("A segment that is a symbolic link is refused", arguments: commands)
  func linkedSegment(command: [String]) throws {
    let scratch = try Scratch()
    try scratch.journals.done("start", "p")
    let elsewhere = scratch.path + "/elsewhere.ndjson"
    try FileManager.default.moveItem(atPath: scratch.journals.segment("p"), toPath: elsewhere)
    symlink(elsewhere, scratch.journals.segment("p"))
    try expectRefusal(
      of: command, code: "not_a_folder", scratch, naming: scratch.journals.segment("p"))
  }

  @Test(
    "A segment that is a FIFO is refused, and nobody waits for its other end",
    arguments: commands)
  func fifoForASegment(command: [String]) throws {
    let scratch = try Scratch()
    try makeRoot(scratch)
    mkdir(scratch.journals.folder("p"), 0o700)
    mkfifo(scratch.journals.segment("p"), 0o600)
    try expectRefusal(of: command, code: "io", scratch, naming: scratch.journals.segment("p"))
  }

  @Test("A segment that is a folder is refused", arguments: commands)
  func folderForASegment(command: [String]) throws {
    let scratch = try Scratch()
    try makeRoot(scratch)
    mkdir(scratch.journals.folder("p"), 0o700)
    mkdir(scratch.journals.segment("p"), 0o700)
    try expectRefusal(of: command, code: "io", scratch, naming: scratch.journals.segment("p"))
  }

  @Test("A journal of a newer format is neither read nor written", arguments: commands)
  func newerFormat(command: [String]) throws {
    let scratch = try Scratch()
    try makeRoot(scratch)
    mkdir(scratch.journals.folder("p"), 0o700)
    let line = """
      {"seq":1,"time":"2025-10-01T12:00:00.000000Z","type":"journal.opened",\
      "data":{"format":2,"journal":"p"},"durable":0,"nonce":"0123456789abcdef",\
      "prev":"\(String(repeating: "0", count: 64))"}

      """
    try Files.write(line, to: scratch.journals.segment("p"))
    try expectRefusal(
      of: command, code: "newer_format", scratch, naming: scratch.journals.segment("p"))
  }

  @Test("One journal that cannot be read does not hide the others")
  func oneOfMany() throws {
    let scratch = try Scratch()
    try scratch.journals.done("start", "good")
    symlink("/nowhere", scratch.journals.folder("bad"))
    let result = try scratch.journals.daybook("status")
    #expect(result.status == .exit(1))
    #expect(result.output.contains("good"))
    #expect(result.error.contains("bad"))
  }

  @Test(
    "On a read-only file system reading works, and writing is refused",
    .enabled(if: Volume.canMount, "only a privileged user can mount a file system"))
  func readOnly() throws {
    let volume = try Volume(kilobytes: 64)
    let journals = volume.journals
    let session = try journals.done("start", "p")
    try volume.makeReadOnly()
    let before = try FolderImage(journals.root)
    for command in [
      ["status"], ["session", session], ["history", "p"], ["verify"], ["replay", "p", "--check"],
      ["head", "p"],
    ] {
      let result = try Child.run(journals.command(command))
      #expect(result.status == .exit(0), "\(command): \(result)")
    }
    for command in [["start", "p"], ["start", "q"], ["complete", session]] {
      let result = try Child.run(journals.command(command + ["--json"]))
      #expect(result.status == .exit(1), "\(result)")
      #expect(result.error.contains(#""code":"denied""#), "\(result)")
      #expect(result.error.contains(journals.root))
    }
    #expect(try FolderImage(journals.root) == before)
  }

  private func makeRoot(_ scratch: Scratch) throws {
    try FileManager.default.createDirectory(
      atPath: scratch.journals.root, withIntermediateDirectories: false)
  }

  /// Fails with a status, a code and a path, by no signal, and with nothing changed.
  private func expectRefusal(
    of command: [String], code: String, _ scratch: Scratch, naming path: String? = nil
  ) throws {
    let path = path ?? scratch.journals.folder("p")
    let before = try FolderImage(scratch.path)
    let result = try Child.run(scratch.journals.command(command + ["--json"]))
    #expect(result.status == .exit(1), "\(result)")
    #expect(result.error.contains(#""code":"\#(code)""#), "\(result)")
    #expect(result.error.contains(path), "\(result)")
    #expect(result.output.isEmpty, "\(result)")
    #expect(try FolderImage(scratch.path) == before)
  }
}
