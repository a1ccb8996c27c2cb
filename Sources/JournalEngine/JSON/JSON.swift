/// One JSON value (RFC 8259).
///
/// Values are compared as JSON compares them: strings by their exact code points (never by Unicode
/// canonical equivalence, as `String` does), numbers by their exact text, arrays in order, objects
/// without regard to the order of their members.
public enum JSON: Sendable {
  /// The literal `null`.
  case null
  /// The literal `true` or `false`.
  case bool(Bool)
  /// A number, kept as the text it was written with.
  case number(JSONNumber)
  /// A string, unescaped.
  case string(String)
  /// An array.
  case array([JSON])
  /// An object, its members in the order they were written.
  case object(JSONObject)
}

extension JSON {
  /// The object this value is, or nil.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The elements of the array this value is, or nil.
  public var array: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The string this value is, or nil.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The number this value is, or nil.
  public var number: JSONNumber? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The truth value this value is, or nil.
  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The integer this value is, or nil where it is no number or ``JSONNumber/int`` is nil.
  public var int: Int64? { number?.int }

  /// The double nearest to the number this value is, or nil where it is no number.
  ///
  /// See ``JSONNumber/double`` for numbers beyond the range of a double.
  public var double: Double? { number?.double }

  /// Whether this value is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The value of an object's member, or nil where this is no object or has no such member.
  ///
  /// Cost: as ``JSONObject/subscript(_:)``.
  public subscript(_ name: String) -> JSON? { object?[name] }
}

extension JSON: Hashable {
  /// Whether two values are the same JSON value, see the type's description.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): JSONKey(text: left) == JSONKey(text: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// Feeds the value to a hasher, agreeing with `==`.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null:
      hasher.combine(0)
    case .bool(let bool):
      hasher.combine(1)
      hasher.combine(bool)
    case .number(let number):
      hasher.combine(2)
      hasher.combine(number)
    case .string(let string):
      hasher.combine(3)
      hasher.combine(JSONKey(text: string))
    case .array(let elements):
      hasher.combine(4)
      hasher.combine(elements)
    case .object(let object):
      hasher.combine(5)
      hasher.combine(object)
    }
  }
}
