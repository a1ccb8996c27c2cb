import JournalEngine
import Testing

@Suite(
  "A limit on the size of files",
  .disabled(if: Sanitizer.isThread, "under it no program begins where files are limited"))
struct FileSizeLimitTests {
  /// The kernel cuts a write at the limit: what a crash in the middle of one leaves.
  @Test("A write that it cuts short is an error, and the next writer goes on")
  func shortWrite() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("start", "p")
    let value = "filling=" + String(repeating: "x", count: 100_000)
    let limited = try Child.run(
      ["/bin/sh", "-c", #"ulimit -f 16; exec "$@""#, "sh"]
        + journals.command(["profile", "set", "p", value, "--json"]))
    #expect(limited.status == .exit(1), "\(limited)")
    #expect(limited.error.contains(#""error""#))
    #expect(limited.output.isEmpty)

    try journals.done("profile", "set", "p", "after=it")
    let readBack = try ReadBack(journals.reader("p"))
    #expect(
      readBack.entries.map(\.type) == ["journal.opened", "session.started", "profile.updated"])
    #expect(readBack.void == [.torn: 1])
    #expect(try journals.daybook("verify").status == .exit(0))
  }
}
