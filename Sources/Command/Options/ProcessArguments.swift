/// The arguments of this process, exactly as they were given.
///
/// `CommandLine.arguments` repairs what is not UTF-8, and a repaired name would record an event
/// under another one without a word; so the bytes are read here, and refused if need be.
package enum ProcessArguments {
  /// All arguments after the name of the program.
  package static func current() throws(UsageError) -> [String] {
    var arguments: [[UInt8]] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let start = unsafe CommandLine.unsafeArgv[index] else { break }
      var bytes: [UInt8] = []
      var offset = 0
      while unsafe start[offset] != 0 {
        bytes.append(UInt8(bitPattern: unsafe start[offset]))
        offset += 1
      }
      arguments.append(bytes)
    }
    return try decode(arguments)
  }

  /// The arguments as text. Places are counted from one, as a user counts them.
  static func decode(_ arguments: [[UInt8]]) throws(UsageError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(arguments.count)
    for (index, bytes) in arguments.enumerated() {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw UsageError(
          message: "argument \(index + 1) is not valid UTF-8: '\(visible(bytes))'",
          hint: "Names and texts are recorded as UTF-8; check the locale of the terminal")
      }
      texts.append(text)
    }
    return texts
  }

  /// Printable ASCII as it is, and every other byte as `\xFF`.
  private static func visible(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes {
      if (0x20...0x7E).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }
}
