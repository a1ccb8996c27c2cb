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

  /// The longest name that can be written, in bytes: file systems take 255, and until a file is
  /// whole its name is longer by 22.
  static let longest = 233
}
