/// A reader of comma-separated values that follows the grammar of RFC 4180, section 2, and takes
/// nothing else:
///
///     file    = record *(CRLF record) [CRLF]
///     record  = field *(COMMA field)
///     field   = escaped / non-escaped
///     escaped = DQUOTE *(TEXTDATA / COMMA / CR / LF / 2DQUOTE) DQUOTE
struct CSVGrammar {
  private var rest: ArraySlice<UInt8>

  struct Fault: Error {
    let expected: String
  }

  /// A field, and whether it was in quotes.
  struct Field: Equatable {
    var bytes: [UInt8] = []
    var isQuoted = false

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  static func records(_ bytes: [UInt8]) throws -> [[Field]] {
    var grammar = CSVGrammar(rest: bytes[...])
    var records: [[Field]] = []
    while !grammar.rest.isEmpty {
      records.append(try grammar.record())
      guard grammar.rest.isEmpty || grammar.take("\r\n") else { throw Fault(expected: "CRLF") }
    }
    return records
  }

  private mutating func record() throws -> [Field] {
    var fields = [try field()]
    while take(",") { fields.append(try field()) }
    return fields
  }

  private mutating func field() throws -> Field {
    guard take("\"") else {
      let plain = rest.prefix { ![0x22, 0x2C, 0x0D, 0x0A].contains($0) }
      rest = rest.dropFirst(plain.count)
      return Field(bytes: Array(plain))
    }
    var field = Field(isQuoted: true)
    while true {
      if take("\"\"") {
        field.bytes.append(0x22)
      } else if take("\"") {
        return field
      } else {
        guard let byte = rest.popFirst() else { throw Fault(expected: "a closing quote") }
        field.bytes.append(byte)
      }
    }
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }
}
