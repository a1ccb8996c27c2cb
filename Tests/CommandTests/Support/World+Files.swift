import Foundation
import JournalEngine

extension World {
  /// Every file below the root with its bytes.
  func tree() throws -> [String: Data] {
    let manager = FileManager.default
    guard manager.fileExists(atPath: root) else { return [:] }
    var files: [String: Data] = [:]
    for path in try manager.subpathsOfDirectory(atPath: root) {
      files[path] = manager.contents(atPath: root + "/" + path)
    }
    return files
  }

  /// The path of a file beside the root that holds a text.
  func file(_ name: String, _ text: String) throws -> String {
    let path = base + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  func segment(_ name: String = "acme") -> String {
    root + "/\(name)/00000000000000000001.ndjson"
  }

  func bytes(_ name: String = "acme") throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: segment(name))))
  }

  /// Puts bytes in place of a journal's first segment.
  func overwrite(_ bytes: [UInt8], _ name: String = "acme") throws {
    try Data(bytes).write(to: URL(fileURLWithPath: segment(name)))
  }

  /// The lines of a journal's first segment, whether they count or not.
  func lines(_ name: String = "acme") throws -> [String] {
    String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Changes one byte in a line that stands there already.
  func flipByte(inLine line: Int, of name: String = "acme") throws {
    var bytes = try bytes(name)
    let starts = [0] + bytes.indices.filter { bytes[$0] == 10 }.map { $0 + 1 }
    // A digit of the time: the line stays well formed, and its hash does not.
    let place = starts[line - 1] + #"{"seq":1,"time":"2025-10-01T12:00:0"#.utf8.count
    bytes[place] = bytes[place] == UInt8(ascii: "9") ? UInt8(ascii: "8") : bytes[place] + 1
    try overwrite(bytes, name)
  }
}
