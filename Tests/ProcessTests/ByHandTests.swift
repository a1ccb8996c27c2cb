import Testing

@Suite("A journal checked by hand")
struct ByHandTests {
  @Test("The sha256sum of each line, without its newline, is the prev of the line after it")
  func chain() throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    let session = try journals.done("start", "p", "--param", "note=é 漢 \"quoted\"\n")
    try journals.done("found", session, "--track", "t", "--count", "3")
    try journals.done("start", "p")
    let segment = journals.segment("p")
    #expect(try shell("wc -l < \(segment)") == "5")
    #expect(try prev(ofLine: 1, segment) == String(repeating: "0", count: 64))
    for line in 1..<5 {
      let sum = try shell(#"sed -n \#(line)p \#(segment) | tr -d '\n' | sha256sum | cut -c1-64"#)
      #expect(try prev(ofLine: line + 1, segment) == sum)
    }
  }

  private func prev(ofLine line: Int, _ segment: String) throws -> String {
    try shell(#"sed -n \#(line)p \#(segment) | grep -o '"prev":"[0-9a-f]*"}$' | cut -c9-72"#)
  }

  private func shell(_ script: String) throws -> String {
    let result = try Child.run(["/bin/sh", "-c", script])
    #expect(result.status == .exit(0) && result.error.isEmpty, "\(result)")
    return result.output.split(separator: "\n").joined()
  }
}
