import Foundation
import JournalEngine
import Testing

@Suite("An export that is cut off")
struct ExportResumeTests {
  @Test(
    "It goes on from its own output, once the record that was cut short is taken away",
    .disabled(if: Sanitizer.isThread, "under it no program begins where files are limited"),
    arguments: ["ndjson", "cloudevents"])
  func cutOff(format: String) throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    for name in ["a", "b", "c"] {
      for number in 0..<6 {
        let text = String(repeating: "x", count: 70 * number)
        try journals.done("start", name, "--param", "text=\(text)")
      }
    }
    let file = scratch.path + "/all"
    try Data().write(to: URL(fileURLWithPath: file))
    // The limit is on the file's size: each run gets a kilobyte further.
    let command = #"ulimit -f "$1"; shift; exec "$@" >> "$0""#
    var runs = 0
    var cut = 0
    while true {
      runs += 1
      try #require(runs < 100)
      let result = try Child.run(
        ["bash", "-c", command, file, "\(runs)"]
          + journals.command(["export", "--format", format, "--since", "@" + file]))
      if result.status == .exit(0) { break }
      #expect(result.status == .exit(1), "\(result)")
      let output = try Data(contentsOf: URL(fileURLWithPath: file))
      guard let end = output.lastIndex(of: UInt8(ascii: "\n")), end + 1 < output.count else {
        continue
      }
      cut += 1
      let refused = try journals.daybook("export", "--format", format, "--since", "@" + file)
      #expect(refused.status == .exit(2))
      #expect(refused.output.isEmpty)
      #expect(refused.error.contains("has no end: its record was cut short"), "\(refused)")
      try output[...end].write(to: URL(fileURLWithPath: file))
    }
    #expect(cut > 5, "of \(runs) runs")
    let whole = try Child.run(journals.command(["export", "--format", format])).output
    #expect(try String(contentsOfFile: file, encoding: .utf8) == whole)
  }

  @Test("A full output is an error, and told")
  func full() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("start", "a")
    for mode in [[], ["--follow"]] {
      let result = try Child.run(
        journals.command(["export", "--format", "csv"] + mode), output: .file("/dev/full"))
      #expect(result.status == .exit(1), "\(result)")
      #expect(result.error.hasPrefix("error: cannot write to the output"), "\(result)")
    }
  }
}
