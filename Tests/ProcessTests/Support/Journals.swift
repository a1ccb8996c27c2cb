import Foundation
import JournalEngine

/// A root of journals, and the command line on it.
struct Journals {
  let root: String

  /// Runs `daybook` on this root.
  @discardableResult
  func daybook(_ arguments: String..., output: Child.Stream = .pipe) throws -> Child.Result {
    try Child.run(command(arguments), output: output)
  }

  /// Runs `daybook` on this root, and fails where it does.
  @discardableResult
  func done(_ arguments: String...) throws -> String {
    let result = try Child.run(command(arguments))
    guard result.status == .exit(0) else { throw Refusal(arguments: arguments, result: result) }
    return result.output.trimmingCharacters(in: .newlines)
  }

  /// Creates a profile whose journal is longer than any pipe or buffer.
  func makeLarge(_ profile: String) throws {
    try done("profile", "create", profile)
    let value = "filling=" + String(repeating: "x", count: 100_000)
    for _ in 0..<4 { try done("profile", "set", profile, value) }
  }

  func command(_ arguments: [String]) -> [String] {
    [Programs.daybook] + arguments + ["--journals", root]
  }

  func reader(_ profile: String) throws -> JournalReader {
    JournalReader(try JournalName(profile), in: root)
  }

  func folder(_ profile: String) -> String { root + "/" + profile }

  func segment(_ profile: String) -> String { folder(profile) + "/" + Self.firstSegment }

  static let firstSegment = "00000000000000000001.ndjson"

  struct Refusal: Error {
    let arguments: [String]
    let result: Child.Result
  }
}
