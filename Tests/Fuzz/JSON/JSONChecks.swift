import JournalEngine
internal import JournalTestSupport

/// What must hold of the JSON reader and writer, whatever the bytes.
enum JSONChecks {
  static func check(_ bytes: [UInt8]) throws {
    let (value, error) = read(bytes)
    let reference = ReferenceJSON.read(bytes)
    try Violation.unless(
      grammarAccepts(bytes) == (reference != nil), "the grammar is not RFC 8259's")
    if let error {
      try refused(error, bytes, reference)
    } else if let value, let reference {
      try accepted(value, bytes, reference)
    } else {
      throw Violation("the reader accepts what is not JSON")
    }
  }

  /// Reads from memory of exactly the text's size.
  private static func read(
    _ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()
  ) -> (JSON?, JSONError?) {
    withExactCopy(bytes) { bytes in
      do throws(JSONError) {
        return (try JSON(parsing: bytes, limits: limits), nil)
      } catch {
        return (nil, error)
      }
    }
  }

  private static func grammarAccepts(_ bytes: [UInt8]) -> Bool {
    withExactCopy(bytes) { bytes in
      let start = JSONGrammar.skipBlanks(bytes, from: 0)
      guard let end = JSONGrammar.endOfValue(bytes, from: start) else { return false }
      return JSONGrammar.skipBlanks(bytes, from: end) == bytes.count
    }
  }

  private static func refused(
    _ error: JSONError, _ bytes: [UInt8], _ reference: ReferenceJSON.Value?
  ) throws {
    try Violation.unless(
      (0...bytes.count).contains(error.offset), "the error is outside of the text")
    guard let reference else {
      // A name that stands twice, or depth, may come before what is not JSON.
      return
    }
    let isRight =
      switch error.code {
      case .duplicateName: reference.namesTwice
      case .tooDeep: reference.depth > JSONLimits().depth
      case .tooLong: bytes.count > JSONLimits().length
      default: false
      }
    try Violation.unless(isRight, "JSON is refused: \(error)")
  }

  private static func accepted(
    _ value: JSON, _ bytes: [UInt8], _ reference: ReferenceJSON.Value
  ) throws {
    try Violation.unless(
      !reference.namesTwice && reference.depth <= JSONLimits().depth,
      "what no value can hold is accepted")
    try Violation.unless(same(value, reference), "another value is read")
    try limits(bytes, value, depth: reference.depth)

    let compact = Array(value.text.utf8)
    for text in [compact, Array(value.prettyText().utf8)] {
      let (again, error) = read(text)
      try Violation.unless(again == value, "what is written does not read back: \(error as Any)")
      try Violation.unless(again.map { Array($0.text.utf8) } == compact, "writing is not stable")
      try Violation.unless(again?.hashValue == value.hashValue, "equal values, unequal hashes")
    }
    let canonical = value.canonicalBytes()
    let (again, error) = read(canonical)
    try Violation.unless(
      again?.canonicalBytes() == canonical, "canonical is not idempotent: \(error as Any)")
    try Violation.unless(canonical.count <= 32 * compact.count, "canonical grows without bound")
  }

  /// The bounds are exact: just enough is enough, and one less is not.
  private static func limits(_ bytes: [UInt8], _ value: JSON, depth: Int) throws {
    let enough = JSONLimits(depth: depth, length: bytes.count)
    try Violation.unless(read(bytes, enough).0 == value, "just enough is not enough")
    let short = JSONLimits(depth: depth, length: bytes.count - 1)
    try Violation.unless(read(bytes, short).1?.code == .tooLong, "a byte too many is taken")
    let shallow = JSONLimits(depth: depth - 1, length: bytes.count)
    try Violation.unless(
      depth == 0 || read(bytes, shallow).1?.code == .tooDeep, "a level too many is taken")
  }

  private static func same(_ value: JSON, _ reference: ReferenceJSON.Value) -> Bool {
    switch (value, reference) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a.text == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.object(let a), .object(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy {
          $0.name.utf8.elementsEqual($1.name.utf8) && same($0.value, $1.value)
        }
    default: false
    }
  }
}
