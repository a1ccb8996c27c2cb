import Foundation
import Testing

@Suite("Where the output goes")
struct OutputTests {
  private let scratch: Scratch
  private let journals: Journals

  init() throws {
    scratch = try Scratch()
    journals = scratch.journals
    try journals.makeLarge("p")
  }

  @Test(
    "An output that takes nothing is an error",
    arguments: [["status"], ["history", "p", "--raw"], ["help"], ["--help"], ["version"]])
  func full(arguments: [String]) throws {
    let result = try Child.run(journals.command(arguments), output: .file("/dev/full"))
    #expect(result.status == .exit(1), "\(result)")
    #expect(result.error.hasPrefix("error: cannot write to the output"), "\(result)")
  }

  @Test("A reader that has enough ends the program quietly")
  func head() throws {
    let command = #"set -o pipefail; "$@" | head -c 1"#
    let result = try Child.run(
      ["bash", "-c", command, "bash"] + journals.command(["history", "p", "--raw"]))
    #expect(result.status == .exit(0))
    #expect(result.output == "{")
    #expect(result.error.isEmpty)
  }

  @Test("A reader that is gone already ends it quietly too")
  func closedPipe() throws {
    let pipe = try Pipe()
    close(pipe.reading)
    defer { close(pipe.writing) }
    let result = try Child.run(
      journals.command(["status"]), output: .descriptor(pipe.writing))
    #expect(result.status == .exit(0))
    #expect(result.error.isEmpty)
  }

  @Test(
    "No file of ours takes the place of a descriptor that is closed",
    arguments: ["<&- >&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
  func closed(redirections: String) throws {
    let limit = "ulimit -f 0; "
    for (prefix, words) in [
      ("", ["profile", "set", "p", "a=1"]), ("", ["compact", "p"]), ("", ["status"]),
      (limit, ["profile", "set", "p", "a=2"]), ("", ["profile", "archive", "nobody"]),
    ] {
      let result = try Child.run(
        ["bash", "-c", prefix + #"exec "$@" "# + redirections, "bash"] + journals.command(words))
      // It can tell nothing of what it did.
      let isTold = !redirections.contains(">&-") || redirections == "2>&-"
      #expect(isTold || result.status != .exit(0), "\(words) \(result)")
    }
    let verified = try journals.done("verify", "--json")
    #expect(verified.contains(#""counts": {}"#), "\(verified)")
    let names = try FileManager.default.contentsOfDirectory(atPath: journals.folder("p"))
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }

  @Test("What was recorded stands although the answer could not be told")
  func recordedAllTheSame() throws {
    let before = try ReadBack(journals.reader("p")).entries.count
    let result = try Child.run(
      journals.command(["profile", "set", "p", "a=1"]), output: .file("/dev/full"))
    #expect(result.status == .exit(1))
    #expect(try ReadBack(journals.reader("p")).entries.count == before + 1)
  }

  @Test("An argument that is not UTF-8 is refused, and nothing is recorded")
  func invalidArgument() throws {
    let before = try FolderImage(journals.root)
    let result = try Child.run(
      ["/bin/sh", "-c", #""$@" "note=$(printf '\377')""#, "sh"]
        + journals.command(["profile", "set", "p"]))
    #expect(result.status == .exit(2), "\(result)")
    #expect(result.error.contains("not valid UTF-8"))
    #expect(try FolderImage(journals.root) == before)
  }
}
