import Glibc
import Testing

@Suite("Ctrl-C")
struct InterruptTests {
  @Test("It ends a program whose reader does not read on")
  func waitingForTheReader() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.makeLarge("p")
    let child = try Child(journals.command(["history", "p", "--raw"]))
    // It has begun to write, and the pipe cannot take all of it.
    var byte: UInt8 = 0
    #expect(read(child.output, &byte, 1) == 1)
    child.send(SIGINT)
    #expect(child.finish().status == .signal(SIGINT))
  }

  @Test(
    "It ends a program that reads a journal at once, which says nothing then",
    .enabled(if: Programs.canTrace, "strace(1) is needed"),
    arguments: [["history", "p"], ["verify"], ["status"], ["status", "p"], ["replay", "p"]])
  func reading(arguments: [String]) throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.makeLarge("p")
    let result = try interrupt(journals.command(arguments), at: "pread64", of: journals, call: 2)
    #expect(result.status == .signal(SIGINT), "\(result)")
    #expect(result.output.isEmpty)
  }

  @Test(
    "It ends a program that reads several journals on threads of its own",
    .enabled(if: Programs.canTrace, "strace(1) is needed"))
  func readingSeveral() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for profile in ["o", "p", "q"] { try journals.makeLarge(profile) }
    let result = try interrupt(journals.command(["verify"]), at: "pread64", of: journals, call: 2)
    #expect(result.status == .signal(SIGINT), "\(result)")
    #expect(!result.output.contains("p: "))
    #expect(result.error.isEmpty)
  }

  @Test(
    "What is being appended when it comes is recorded whole, and told",
    .enabled(if: Programs.canTrace, "strace(1) is needed"))
  func appending() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("profile", "create", "p")
    let result = try interrupt(
      journals.command(["profile", "set", "p", "a=1"]), at: "fallocate", of: journals, call: 1)
    #expect(result.status == .signal(SIGINT), "\(result)")
    #expect(result.output.contains("a "))
    let readBack = try ReadBack(journals.reader("p"))
    #expect(readBack.entries.count == 3)
    #expect(readBack.void.isEmpty)
  }

  /// Runs a program that gets the signal with one of its calls on the segment of `p`.
  private func interrupt(
    _ command: [String], at name: String, of journals: Journals, call: Int
  ) throws -> Child.Result {
    try Child.run(
      [
        "strace", "-f", "-o", "/dev/null", "-P", journals.segment("p"),
        "-e", "inject=\(name):signal=INT:when=\(call)",
      ] + command)
  }
}
