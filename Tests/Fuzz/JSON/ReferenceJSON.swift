/// RFC 8259 once more, production by production and with no thought of speed or of deep nesting:
/// what the engine's reader is compared with.
struct ReferenceJSON {
  enum Value {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([Value])
    case object([Member])
  }

  struct Member {
    let name: String
    let value: Value
    /// The value's bytes as they stand there.
    let text: ArraySlice<UInt8>
  }

  private struct Refused: Error {}

  private let bytes: [UInt8]
  private var at = 0

  /// The one value that the bytes are, blanks around it; nil where they are not JSON.
  static func read(_ bytes: [UInt8]) -> Value? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var reader = ReferenceJSON(bytes: bytes)
    reader.blanks()
    guard let value = try? reader.value() else { return nil }
    reader.blanks()
    return reader.at == bytes.count ? value : nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func blanks() {
    while let byte = next, " \t\n\r".utf8.contains(byte) { at += 1 }
  }

  private mutating func takes(_ text: String) -> Bool {
    guard bytes[at...].starts(with: text.utf8) else { return false }
    at += text.utf8.count
    return true
  }

  private mutating func expect(_ text: String) throws {
    guard takes(text) else { throw Refused() }
  }

  private mutating func value() throws -> Value {
    if takes("null") { return .null }
    if takes("true") { return .bool(true) }
    if takes("false") { return .bool(false) }
    if takes("[") { return .array(try items("]") { try $0.value() }) }
    if takes("{") { return .object(try items("}") { try $0.member() }) }
    if next == UInt8(ascii: "\"") { return .string(try string()) }
    return .number(try number())
  }

  private mutating func items<Item>(
    _ close: String, _ item: (inout Self) throws -> Item
  ) throws -> [Item] {
    var items: [Item] = []
    blanks()
    if takes(close) { return items }
    while true {
      blanks()
      items.append(try item(&self))
      blanks()
      if takes(close) { return items }
      try expect(",")
    }
  }

  private mutating func member() throws -> Member {
    let name = try string()
    blanks()
    try expect(":")
    blanks()
    let start = at
    let value = try value()
    return Member(name: name, value: value, text: bytes[start..<at])
  }

  private mutating func number() throws -> String {
    let start = at
    _ = takes("-")
    if !takes("0") { try digits() }
    if takes(".") { try digits() }
    if takes("e") || takes("E") {
      if !takes("+") { _ = takes("-") }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws {
    let start = at
    while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
    if at == start { throw Refused() }
  }

  private mutating func string() throws -> String {
    try expect("\"")
    // In UTF-16, where an escape is a unit, and a text is right if its surrogates pair up.
    var units: [UInt16] = []
    var plain: [UInt8] = []
    func flush() {
      units += String(decoding: plain, as: UTF8.self).utf16
      plain = []
    }
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw Refused() }
      at += 1
      if byte == UInt8(ascii: "\\") {
        flush()
        units.append(try escape())
      } else {
        plain.append(byte)
      }
    }
    try expect("\"")
    flush()
    guard let text = String(validating: units, as: UTF16.self) else { throw Refused() }
    return text
  }

  private mutating func escape() throws -> UInt16 {
    if takes("u") {
      let digits = String(decoding: bytes[at...].prefix(4), as: UTF8.self)
      guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), digits.allSatisfy(\.isASCII),
        let unit = UInt16(digits, radix: 16)
      else { throw Refused() }
      at += 4
      return unit
    }
    let letters: [(String, UInt16)] = [
      ("\"", 0x22), ("\\", 0x5C), ("/", 0x2F), ("b", 8), ("f", 12), ("n", 10), ("r", 13), ("t", 9),
    ]
    for (letter, unit) in letters where takes(letter) { return unit }
    throw Refused()
  }
}

extension ReferenceJSON.Value {
  /// How deep arrays and objects nest; 0 for a value that is neither.
  var depth: Int {
    switch self {
    case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
    case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }

  /// Whether some object in it has two members of one name.
  var namesTwice: Bool {
    switch self {
    case .array(let elements): elements.contains(where: \.namesTwice)
    case .object(let members):
      Set(members.map { Array($0.name.utf8) }).count < members.count
        || members.contains(where: \.value.namesTwice)
    default: false
    }
  }
}
