import JournalEngine

/// Names of files that are made of ids.
enum DocumentName {
  /// An id as a part of a file's name. Imported ids may hold anything: what would lead elsewhere,
  /// hide the file, or be taken for a pattern is written as `%` and two hex digits, and so is `%`,
  /// so that no two ids have one name.
  static func safe(_ id: String) -> String {
    var name: [UInt8] = []
    for (place, byte) in id.utf8.enumerated() {
      let isSafe =
        switch byte {
        case UInt8(ascii: "."): place > 0
        case UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "?"),
          UInt8(ascii: "["), UInt8(ascii: "\\"), 0..<0x20, 0x7F:
          false
        default: true
        }
      if isSafe {
        name.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        name += "%\(digits.count == 1 ? "0" : "")\(digits)".utf8
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// The name of a file. What no file's name has room for is cut, and its SHA-256 stands for the
  /// rest: behind `%~`, which is in no name that is whole.
  static func file(_ name: String) -> String {
    let room = longest - ending.utf8.count
    guard name.utf8.count > room else { return name + ending }
    let hash = "%~" + Digest(of: Array(name.utf8)).description.prefix(32)
    return beginning(of: name, room - hash.utf8.count) + hash + ending
  }

  /// As many whole characters and escapes as so many bytes hold.
  private static func beginning(of name: String, _ count: Int) -> String {
    var bytes = Array(name.utf8.prefix(count + 1))
    // Bytes that go on with a character do not begin one.
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    if let escape = bytes.suffix(2).firstIndex(of: UInt8(ascii: "%")) {
      bytes.removeSubrange(escape...)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let ending = ".json"

  /// The longest name that can be written, in bytes: file systems take 255, and until a file is
  /// whole its name is longer by 22.
  private static let longest = 233
}
