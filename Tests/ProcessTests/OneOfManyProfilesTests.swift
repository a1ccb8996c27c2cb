import Foundation
import Testing

@Suite(
  "A command on one profile", .enabled(if: Programs.canTrace, "strace(1) is needed"),
  .disabled(if: Sanitizer.isThere, "it makes calls of its own"))
struct OneOfManyProfilesTests {
  @Test("makes the same calls on files in a root of many profiles as in a root of one")
  func sameCalls() throws {
    let one = try files(others: 0)
    #expect(try files(others: 300) == one)
    #expect(one.allSatisfy { !$0.isEmpty })
  }

  /// The calls on what stands in a root, command by command.
  private func files(others: Int) throws -> [[String]] {
    let scratch = try Scratch()
    let journals = scratch.journals
    let session = try journals.done("start", "p")
    for number in 0..<others {
      try FileManager.default.copyItem(
        atPath: journals.folder("p"), toPath: journals.folder("other\(number)"))
    }
    return try [
      ["status", "p"], ["sessions", "p"], ["complete", session], ["start", "p"], ["head", "p"],
    ].map { command in
      let trace = try Trace.run(journals.command(command), in: scratch)
      #expect(trace.result.status == .exit(0), "\(trace.result)")
      return trace.calls.compactMap { call in
        guard call.description.contains(journals.root) else { return nil }
        let file = call.file?.dropFirst(journals.root.count) ?? ""
        return "\(call.name) \(call.file?.hasPrefix(journals.root) == true ? file : "")"
      }
    }
  }
}
