/// Reads bytes into a JSON value: the grammar of `JSONGrammar`, plus unique names and the bounds.
///
/// It keeps its own stack of open arrays and objects instead of recursing. It lives no longer than
/// the call that lends it the bytes, and reads them only through functions that check indices.
@safe
struct JSONParser {
  private let bytes: UnsafeRawBufferPointer
  private let limits: JSONLimits
  private var index = 0
  private var open: [Container] = []

  /// An array or object not yet closed; a structure with both so that it is filled in place.
  private struct Container {
    let isObject: Bool
    var elements: [JSON] = []
    var members = JSONObject()
    /// The name whose value is being read.
    var name = ""
  }

  init(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) {
    unsafe self.bytes = bytes
    self.limits = limits
  }

  /// Reads the one value that all the bytes are.
  mutating func document() throws(JSONError) -> JSON {
    guard unsafe bytes.count <= limits.length else {
      throw JSONError(.tooLong, offset: max(0, limits.length))
    }
    skipBlanks()
    let value = try value()
    skipBlanks()
    if unsafe index < bytes.count {
      throw unsafe JSONDiagnosis.unexpected(bytes, at: index, otherwise: .trailing)
    }
    return value
  }

  private mutating func value() throws(JSONError) -> JSON {
    while true {
      guard var value = try begin() else { continue }
      while !open.isEmpty {
        attach(value)
        guard let closed = try advance() else { break }
        value = closed
      }
      if open.isEmpty { return value }
    }
  }

  /// Reads a whole scalar or empty container; opens any other container and returns nil.
  private mutating func begin() throws(JSONError) -> JSON? {
    guard let first = peek() else { throw unexpected() }
    switch first {
    case JSONByte.quote:
      return .string(try string())
    case JSONByte.openObject, JSONByte.openArray:
      return try openContainer(isObject: first == JSONByte.openObject)
    case JSONByte.minus, 0x30...0x39:
      return .number(try number())
    default:
      guard let base = unsafe bytes.baseAddress,
        let end = unsafe JSONGrammar.literalEnd(base, bytes.count, index)
      else { throw unexpected() }
      index = end
      return first == 0x74 ? .bool(true) : first == 0x66 ? .bool(false) : .null
    }
  }

  private mutating func openContainer(isObject: Bool) throws(JSONError) -> JSON? {
    guard open.count < limits.depth else { throw JSONError(.tooDeep, offset: index) }
    index += 1
    skipBlanks()
    if peek() == (isObject ? JSONByte.closeObject : JSONByte.closeArray) {
      index += 1
      return isObject ? .object(JSONObject()) : .array([])
    }
    open.append(Container(isObject: isObject))
    if isObject { try name() }
    return nil
  }

  /// Puts a value where it belongs: into the innermost open container.
  private mutating func attach(_ value: JSON) {
    let top = open.count - 1
    if open[top].isObject {
      // The name was found to be free when it was read.
      open[top].members.append(open[top].name, value)
    } else {
      open[top].elements.append(value)
    }
  }

  /// After a value: goes on to the next one and returns nil, or closes and returns the container.
  private mutating func advance() throws(JSONError) -> JSON? {
    skipBlanks()
    let isObject = open.last?.isObject ?? false
    switch peek() {
    case JSONByte.comma:
      index += 1
      skipBlanks()
      if isObject { try name() }
      return nil
    case isObject ? JSONByte.closeObject : JSONByte.closeArray:
      index += 1
      let container = open.removeLast()
      return isObject ? .object(container.members) : .array(container.elements)
    default:
      throw unexpected()
    }
  }

  private mutating func name() throws(JSONError) {
    guard peek() == JSONByte.quote else { throw unexpected() }
    let start = index
    let name = try string()
    let top = open.count - 1
    if open[top].members.contains(name: name) {
      throw JSONError(.duplicateName, offset: start, name: name)
    }
    open[top].name = name
    skipBlanks()
    guard peek() == JSONByte.colon else { throw unexpected() }
    index += 1
    skipBlanks()
  }

  private mutating func string() throws(JSONError) -> String {
    let start = index
    guard let end = unsafe JSONGrammar.endOfString(bytes, from: start) else {
      throw unsafe JSONDiagnosis.string(bytes, from: start)
    }
    index = end
    return unsafe JSONGrammar.unescape(bytes, string: start..<end)
  }

  private mutating func number() throws(JSONError) -> JSONNumber {
    let start = index
    guard let end = unsafe JSONGrammar.endOfNumber(bytes, from: start) else {
      throw JSONError(.badNumber, offset: start)
    }
    index = end
    // None of these may follow a number anyway; here it is plain that the number is to blame.
    if let next = peek(),
      JSONByte.isDigit(next) || next == JSONByte.point
        || JSONByte.isExponentMark(next) || next == JSONByte.plus || next == JSONByte.minus
    {
      throw JSONError(.badNumber, offset: start)
    }
    return unsafe JSONNumber(validated: String(decoding: bytes[start..<end], as: UTF8.self))
  }

  private mutating func skipBlanks() {
    index = unsafe JSONGrammar.skipBlanks(bytes, from: index)
  }

  private func peek() -> UInt8? {
    unsafe index < bytes.count ? bytes[index] : nil
  }

  private func unexpected() -> JSONError {
    unsafe JSONDiagnosis.unexpected(bytes, at: index, otherwise: .unexpected)
  }
}
