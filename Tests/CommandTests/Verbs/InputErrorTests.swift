import JournalEngine
import JournalTestSupport
import Testing

@testable import Command

@Suite("Input that is not JSON")
struct InputErrorTests {
  let run: VerbRun

  init() throws { run = try VerbRun() }

  @Test("The error names the file", arguments: ["{", "[1]", #"{"a":1,"a":2}"#])
  func object(text: String) throws {
    try run.scratch.write(Array(text.utf8), to: "fields.json")
    let path = run.scratch.path + "/fields.json"
    let answer = try run("profile", "create", "acme", "--from", path, "--json")
    #expect(answer.status == .usage)
    #expect(try answer.failures.first?["code"] == "usage")
    #expect(try answer.failures.first?["message"]?.string?.contains(path) == true)
  }

  @Test("JSON that cannot be read is no fault of the user where the user did not give it")
  func notTheUsers() {
    #expect(Failure(JSONError(.tooDeep, offset: 1)).status == .failed)
  }

  @Test("The first = ends a field's name, whatever stands behind it")
  func combining() throws {
    #expect(try Fields.parse(["a=\u{301}b=c"]) == ["a": "\u{301}b=c"])
  }
}
