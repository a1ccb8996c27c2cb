/// Why a text was not read as JSON, and where.
public struct JSONError: Error, Sendable, Equatable {
  /// What is wrong with the text.
  public var code: Code
  /// Where, as the number of bytes before the place.
  public var offset: Int
  /// The name which occurs twice, for ``Code/duplicateName``.
  public var name: String?

  /// Makes an error.
  public init(_ code: Code, offset: Int, name: String? = nil) {
    self.code = code
    self.offset = offset
    self.name = name
  }

  /// A kind of error; open, so that new kinds break no one.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// A short stable name.
    public var rawValue: String

    /// Makes a code of its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Bytes which are not UTF-8 (RFC 3629), for example overlong forms or encoded surrogates.
    public static let invalidUTF8 = Code(rawValue: "invalid_utf8")
    /// A character which cannot stand where it does.
    public static let unexpected = Code(rawValue: "unexpected")
    /// The text ends within a value, or before any.
    public static let unterminated = Code(rawValue: "unterminated")
    /// An array or object nested deeper than ``JSONLimits/depth``.
    public static let tooDeep = Code(rawValue: "too_deep")
    /// A text longer than ``JSONLimits/length``.
    public static let tooLong = Code(rawValue: "too_long")
    /// A name occurs twice in one object, after unescaping.
    public static let duplicateName = Code(rawValue: "duplicate_name")
    /// Something follows the value.
    public static let trailing = Code(rawValue: "trailing")
    /// A `\u` escape of half a surrogate pair.
    public static let loneSurrogate = Code(rawValue: "lone_surrogate")
    /// A number that breaks the grammar, for example `01` or `1.`.
    public static let badNumber = Code(rawValue: "bad_number")
    /// A backslash followed by something which is no escape.
    public static let badEscape = Code(rawValue: "bad_escape")
    /// A raw control character within a string.
    public static let controlCharacter = Code(rawValue: "control_character")
  }
}

extension JSONError: CustomStringConvertible {
  /// The error for people, in one line.
  public var description: String { "not JSON at byte \(offset): \(reason)" }

  private var reason: String {
    switch code {
    case .invalidUTF8: "the bytes are not UTF-8"
    case .unexpected: "unexpected character"
    case .unterminated: "the text ends too early"
    case .tooDeep: "arrays and objects are nested too deep"
    case .tooLong: "the text is too long"
    case .duplicateName: "the name \(JSON.string(name ?? "").text) occurs twice in one object"
    case .trailing: "something follows the value"
    case .loneSurrogate: "half of a surrogate pair"
    case .badNumber: "malformed number"
    case .badEscape: "unknown or malformed escape"
    case .controlCharacter: "raw control character in a string"
    default: code.rawValue
    }
  }
}
