// Literals let code and tests write JSON values much as JSON writes them.

extension JSON: ExpressibleByNilLiteral {
  /// Makes `null`.
  public init(nilLiteral: ()) { self = .null }
}

extension JSON: ExpressibleByBooleanLiteral {
  /// Makes `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
  /// Makes a number of plain digits.
  public init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
}

extension JSON: ExpressibleByFloatLiteral {
  /// Makes a number with the shortest text that reads back as the literal.
  ///
  /// A literal beyond the range of a double, which JSON has no number for, makes `null`.
  public init(floatLiteral value: Double) {
    self = JSONNumber(value).map(JSON.number) ?? .null
  }
}

extension JSON: ExpressibleByStringLiteral {
  /// Makes a string.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByArrayLiteral {
  /// Makes an array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// Makes an object; of members with one name the last value counts.
  public init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(JSONObject(members))
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Makes an object; of members with one name the last value counts.
  public init(dictionaryLiteral members: (String, JSON)...) {
    self.init(members)
  }
}
