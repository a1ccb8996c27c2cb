/// A JSON number, kept as the exact text it was written with.
///
/// Two numbers are equal where their texts are: `1` and `1.0` are different numbers here, so that
/// what was recorded is what is given back.
public struct JSONNumber: Sendable, Hashable {
  /// The text, as RFC 8259 section 6 allows it.
  public let text: String

  /// Takes a text which is a JSON number; nil where it is none.
  ///
  /// Source: RFC 8259 section 6. Cost: linear in the text's length.
  public init?(text: some StringProtocol) {
    let text = String(text)
    var bytes = Array(text.utf8)
    let whole = unsafe bytes.withUnsafeMutableBytes { bytes in
      unsafe JSONGrammar.endOfNumber(UnsafeRawBufferPointer(bytes), from: 0) == bytes.count
    }
    guard whole else { return nil }
    self.text = text
  }

  /// Makes a number of an integer.
  public init(_ integer: some BinaryInteger) {
    text = String(integer)
  }

  /// Makes a number with the shortest text that reads back as the double; nil for infinities and
  /// NaN, which JSON does not have.
  ///
  /// The text is as ECMAScript writes it, `1` rather than `1.0`, but negative zero keeps its sign.
  public init?(_ double: Double) {
    guard double.isFinite else { return nil }
    text = double == 0 && double.sign == .minus ? "-0" : JSONDecimal(double).ecmaScriptText
  }

  /// Takes a text the grammar has accepted already.
  init(validated text: String) {
    self.text = text
  }

  /// The integer this number is written as, or nil where it has a fraction or an exponent or does
  /// not fit.
  public var int: Int64? {
    // `Int64` reads digits with a sign only, so a fraction or an exponent gives nil by itself.
    Int64(text)
  }

  /// The double nearest to the number.
  ///
  /// An infinity where the number is beyond the range of a double, zero where it is too small.
  /// Cost: linear in the text's length.
  public var double: Double {
    // The grammar of JSON numbers is within what `Double` reads, so nil does not occur.
    Double(text) ?? .nan
  }
}

extension JSONNumber: CustomStringConvertible {
  /// The number's text.
  public var description: String { text }
}
