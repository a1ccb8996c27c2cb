import Glibc
import JournalEngine

/// Reads a file that the user names; `-` is standard input.
enum InputFile {
  /// The most that is read, in bytes: what does not fit into a line cannot be recorded anyway.
  static let limit = 64 << 20

  static func bytes(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot open \(path)") }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR, !Signals.interrupted { continue }
      guard count >= 0 else { throw failure("cannot read \(path)") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { throw tooLong(path) }
    }
  }

  /// The lines of a file of any length.
  ///
  /// - Parameter body: is given each line without its newline, and whether it had one.
  /// - Throws: where a line is longer than ``limit``; what reading gives, and `body`.
  static func forEachLine(_ path: String, _ body: ([UInt8], Bool) throws -> Void) throws {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot open \(path)") }
    defer { if path != "-" { close(descriptor) } }
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR, !Signals.interrupted { continue }
      guard count >= 0 else { throw failure("cannot read \(path)") }
      if count == 0 { break }
      var rest = buffer[..<count]
      while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line += rest[..<newline]
        try body(line, true)
        line.removeAll(keepingCapacity: true)
        rest = rest[(newline + 1)...]
      }
      line += rest
      if line.count > limit { throw tooLong("a line of \(path)") }
    }
    if !line.isEmpty { try body(line, false) }
  }

  /// One JSON object.
  static func object(_ path: String) throws -> JSONObject {
    let bytes = try bytes(path)
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: bytes, limits: JSONLimits(depth: 128, length: limit))
    } catch {
      throw UsageError(message: "\(path): \(error)", hint: "one JSON object is expected")
    }
    guard let object = json.object else {
      throw UsageError(
        message: "\(path) does not hold a JSON object", hint: "one JSON object is expected")
    }
    return object
  }

  /// JSON objects, one a line; blank lines mean nothing.
  static func lines(_ path: String) throws -> [JSON] {
    var objects: [JSON] = []
    let lines = try bytes(path).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
      let json: JSON
      do throws(JSONError) {
        json = try JSON(parsing: Array(line))
      } catch {
        throw notAnObject("line \(index + 1) of \(path): \(error)")
      }
      guard json.object != nil else {
        throw notAnObject("line \(index + 1) of \(path) is not a JSON object")
      }
      objects.append(json)
    }
    return objects
  }

  private static func notAnObject(_ message: String) -> Failure {
    Failure(
      code: "usage", message: message, hint: "one JSON object a line is expected", status: .usage)
  }

  private static func tooLong(_ what: String) -> Failure {
    Failure(
      code: "usage", message: "\(what) is longer than \(limit) bytes",
      hint: "record it in parts", status: .usage)
  }

  private static func failure(_ what: String) -> Failure {
    let number = errno
    let reason = unsafe String(cString: strerror(number))
    let hint =
      switch number {
      case ENOENT, ENOTDIR, ENAMETOOLONG: "check the path; - is standard input"
      case EACCES, EPERM: "check the owner and the mode"
      case EISDIR: "name a file, not a folder"
      default: "see the system's log, then try again"
      }
    return Failure(
      code: number == ENOENT ? "not_found" : "io", message: "\(what): \(reason)", hint: hint,
      status: number == ENOENT ? .notFound : .failed)
  }
}
