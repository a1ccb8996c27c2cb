import Foundation
import JournalEngine
import JournalTestSupport

@testable import Command

/// The program, run on a folder of its own.
final class VerbRun {
  let scratch: ScratchFolder
  var root: String { scratch.path + "/journals" }

  init() throws { scratch = try ScratchFolder() }

  struct Answer {
    let status: ExitStatus
    let output: String
    let errors: String

    /// The errors, one a line, as `--json` tells them.
    var failures: [JSON] {
      get throws {
        try errors.split(separator: "\n").map { try JSON(parsing: String($0))["error"] ?? .null }
      }
    }
  }

  func callAsFunction(_ words: String...) throws -> Answer { try self(words) }

  func callAsFunction(_ words: [String]) throws -> Answer {
    let path = scratch.path + "/output"
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    var errors = ""
    let status = withoutActuallyEscaping({ errors += $0 }) { write in
      Program(output: StandardOutput(descriptor: descriptor), writeError: write)
        .run(["--journals", root, "--by", "tester"] + words)
    }
    return Answer(
      status: status, output: try String(contentsOfFile: path, encoding: .utf8), errors: errors)
  }

  /// A journal whose bytes are made by hand.
  func put(_ lines: RawLines, in name: String) throws {
    try scratch.write(lines.bytes, to: "journals/\(name)/00000000000000000001.ndjson")
  }

  /// A journal of the present format, up to its opening.
  static func opened(_ name: String, format: Int = 1) -> RawLines {
    var lines = RawLines()
    lines.open(name, format: format)
    return lines
  }

  /// A journal in which bytes that were vouched for are altered.
  func putDamaged(_ name: String) throws {
    var lines = Self.opened(name)
    lines.add("profile.created", data: #"{"fields":{}}"#)
    lines.put(
      RawLines.line("profile.updated", seq: 4, prev: Digest.zero, durable: 3, data: "{}"))
    try put(lines, in: name)
  }
}
