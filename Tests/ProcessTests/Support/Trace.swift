import Foundation

/// The system calls of a program, by strace(1).
struct Trace {
  /// One call, as it is shown: `write(3</tmp/x>, "…", 5) = 5`.
  struct Call: CustomStringConvertible {
    let name: String
    let description: String

    /// What stands between `<` and `>` after the first descriptor.
    var file: String? {
      guard let start = description.firstIndex(of: "<"),
        let end = description[start...].firstIndex(of: ">"),
        description[..<start].allSatisfy({ $0 != "," && $0 != "\"" })
      else { return nil }
      return String(description[description.index(after: start)..<end])
    }

    /// The first text in quotes, which in most calls on paths is the path.
    var path: String? {
      let parts = description.split(separator: "\"", omittingEmptySubsequences: false)
      return parts.count > 2 ? String(parts[1]) : nil
    }
  }

  let result: Child.Result
  let calls: [Call]

  init(_ result: Child.Result, log: String) throws {
    self.result = result
    calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      .compactMap { line in
        // With -f each line begins with the number of the process.
        let text = line.drop { $0.isNumber }.drop { $0 == " " }
        guard let end = text.firstIndex(of: "("), text.first != "<" else { return nil }
        return Call(name: String(text[..<end]), description: String(text))
      }
  }

  /// The check for leaks, where a sanitizer makes one, cannot run in a program that is traced.
  private static let environment = ["-E", "ASAN_OPTIONS=detect_leaks=0"]

  /// What to start to have a program traced.
  static func command(_ program: [String], log: String) -> [String] {
    ["strace", "-f", "-y", "-s", "48", "-o", log] + environment + program
  }

  /// What to start for a program that is told that all files are on this type of file system.
  static func answering(_ type: UInt32, _ program: [String]) -> [String] {
    // `f_type` is the first member of the buffer, a long in the processor's order.
    let bytes = withUnsafeBytes(of: UInt64(type).littleEndian) { bytes in
      bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    let injection = "inject=fstatfs:poke_exit=@arg2=\(bytes)"
    return ["strace", "-f", "-o", "/dev/null", "-e", injection] + environment + program
  }

  /// What to start for a program of whose calls of a name one fails.
  static func failing(_ name: String, call: Int, _ error: String, _ program: [String]) -> [String] {
    let injection = "inject=\(name):error=\(error):when=\(call)"
    return ["strace", "-f", "-o", "/dev/null", "-e", injection] + environment + program
  }

  static func run(_ program: [String], in scratch: Scratch) throws -> Trace {
    let log = scratch.path + "/" + UUID().uuidString + ".strace"
    return try Trace(try Child.run(command(program, log: log)), log: log)
  }
}
