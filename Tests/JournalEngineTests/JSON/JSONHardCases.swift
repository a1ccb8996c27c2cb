/// Texts on which readers of JSON part, with what ours does, and why others do not.
enum JSONHardCases {
  /// - A text, whether ours takes it, and in what it parts from JSONSerialization or JSONDecoder.
  typealias Case = (text: [UInt8], isAccepted: Bool, differences: Set<JSONDifference>)

  static let all: [Case] =
    (agreeingAccepted.map { (Array($0.utf8), true, []) } as [Case])
    + agreeingRefused.map { (Array($0.utf8), false, []) }
    + JSONGrammarCases.notUTF8.map { ([0x22] + $0 + [0x22], false, []) }
    + differing.map { (Array($0.0.utf8), $0.1, [$0.2]) }
    + otherEncodings.map { ($0, false, [.otherEncoding]) }

  private static func nested(_ depth: Int, _ open: String = "[", _ close: String = "]") -> String {
    String(repeating: open, count: depth) + String(repeating: close, count: depth)
  }

  private static let agreeingAccepted = [
    // Scalars at the top, blanks around.
    "1", "\"\"", "null", "true", "false", " \t\r\n1\r\n", "[1\r]",
    // Numbers, by digits, sign, fraction and exponent.
    "0", "-0", "-0.0", "0e0", "0e+4", "0e-4", "0e04", "-0e4", "0.0e4", "0e10", "0e400",
    "0e99999999999999999999", "1E0000000000000000001", "1e308",
    "-1.7976931348623157e308", "5e-324", "9007199254740993", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "18446744073709551615", "18446744073709551616",
    "123456789012345678901234567890", "2.50", "1e+1",
    "1E-1",
    "1" + String(repeating: "0", count: 308),
    "0." + String(repeating: "0", count: 400) + "1e401",
    // Strings, by escapes and characters.
    #""\u0000""#, #""\u001f""#, #""\"\\\/\b\f\n\r\t""#, #""\ud83d\uDE00""#, #""\uffff""#,
    #""\ue000""#, "\"\u{7F}\"", "\"\u{2028}\"", "\"a\u{FEFF}\"", #""\ufeff""#, "\"é漢😀\"",
    "\"\u{10FFFF}\"",
    // Arrays and objects.
    "[]", "{}", "[[],{}]", #"{"":0}"#, #"{"\u0000":0}"#, #"{"a":{"a":{"a":1}}}"#,
    nested(128), nested(128, #"{"a":"#, "}").replacing(":}", with: ":1}"),
  ]

  private static let agreeingRefused = [
    "", " ", "\n", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity", "undefined", "'a'", "a",
    "01", "-01", "1.", "-1.", ".5", "+1", "1e", "1e+", "0x10", "-", "1_0", "1.2.3", "--1", "1e1.5",
    "[-]", "[01]", "１", "٣",
    #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, #""\ud800\ud800""#, #""\udc00\ud800""#,
    #""\ud800x""#, #""\ud800\n""#, #"{"\ud800":1}"#, #""\x41""#, #""\U0041""#, #""\u00g0""#,
    #""\u 041""#, #""\u+041""#, #""\u12""#, #""\"#, #""\""#, #""abc"#,
    "\"\t\"", "\"a\nb\"", "\"a\u{0}b\"", "\"\u{1F}\"",
    "[,]", "[,1]", "[1,,2]", "{,}", #"{"a":1,,"b":2}"#, "[1 2]", #"{"a" 1}"#, #"{"a":1]"#, "[1}",
    "{a:1}", "{1:1}", #"{"a"}"#, #"{"a":}"#, "[", "{", "]", "}", #"{"a""#, "[[]", "[]]",
    "[][]", "[] x", "1 2", "{}{}", #"{"a":1};"#, "[1]\u{0}", "[1]\u{0}\u{0}\u{0}", "{}\u{FEFF}",
    "[\u{0}]", "\u{A0}1", "\u{B}1", "\u{C}1", "// c\n1", "/**/1", "1 # c",
    nested(513), nested(5000),
  ]

  private static let differing: [(String, Bool, JSONDifference)] = [
    ("\u{FEFF}1", false, .byteOrderMark), ("\u{FEFF}{}", false, .byteOrderMark),
    ("\"\u{FEFF}\"", true, .markInString), ("{\"\\n\u{FEFF}\":1}", true, .markInString),
    ("[1,]", false, .commaBeforeBracket), (#"{"a":1 , }"#, false, .commaBeforeBracket),
    ("[[1,],[2,]\n]", false, .commaBeforeBracket),
    (#"{"a":1,"a":2}"#, false, .nameTwice), (#"{"a":1,"\u0061":1}"#, false, .nameTwice),
    (#"[{"x":{"":1,"":2,"":3}}]"#, false, .nameTwice),
    ("{\"\u{E9}\":1,\"e\u{301}\":2}", true, .equivalentNames),
    (#"{"\u00e9":1,"e\u0301":2}"#, true, .equivalentNames),
    (nested(129), false, .depth), (nested(512), false, .depth),
    ("1e400", true, .beyondDouble), ("[-1e400]", true, .beyondDouble),
    ("1e99999999999999999999", true, .beyondDouble),
    (String(repeating: "9", count: 400), true, .beyondDouble),
    ("1e-400", true, .beyondDouble), ("0e4", true, .zeroWithExponent),
    ("[0E1]", true, .zeroWithExponent),
    ("0.00e4", true, .zeroWithExponent), ("[-0.0e+4]", true, .zeroWithExponent),
    ("900719925474009E91", true, .lastPlaces),
    ("0.1000000000000000055511151231257827", true, .lastPlaces),
  ]

  private static let otherEncodings: [[UInt8]] = [
    [0x31, 0], [0, 0x31], [0x5B, 0, 0x5D, 0], [0x31, 0, 0, 0], [0, 0, 0, 0x31],
    [0x31, 0, 0], [0, 0x31, 0x20], [0x31, 0, 0x20, 0, 0x20],
    [0xFF, 0xFE, 0x31, 0], [0xFE, 0xFF, 0, 0x31], [0xFF, 0xFE, 0, 0, 0x31, 0, 0, 0],
  ]
}
