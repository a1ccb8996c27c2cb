import JournalEngine

/// A small generator with a seed, so that a failing random test can be run again.
struct JSONTestRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}

enum JSONTest {
  /// Whether the grammar takes all the bytes, blanks around them, for one value.
  static func grammarAccepts(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      let start = JSONGrammar.skipBlanks(bytes, from: 0)
      guard let end = JSONGrammar.endOfValue(bytes, from: start) else { return false }
      return JSONGrammar.skipBlanks(bytes, from: end) == bytes.count
    }
  }

  /// The error reading the bytes gives, or nil where they are read.
  static func error(_ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) -> JSONError? {
    do throws(JSONError) {
      _ = try JSON(parsing: bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  static func error(_ text: String, _ limits: JSONLimits = JSONLimits()) -> JSONError? {
    error(Array(text.utf8), limits)
  }

  /// A text of JSON, mostly right and sometimes with bytes changed, dropped, doubled or swapped.
  static func randomText(using random: inout JSONTestRandom) -> [UInt8] {
    var bytes: [UInt8] = []
    appendValue(to: &bytes, depth: 0, using: &random)
    for _ in 0..<random.pick([0, 0, 1, 1, 2, 3]) { damage(&bytes, using: &random) }
    return bytes
  }

  /// Changes, drops, doubles or puts in a byte, or cuts the text.
  static func damage(_ bytes: inout [UInt8], using random: inout JSONTestRandom) {
    guard !bytes.isEmpty else { return }
    let place = random.below(bytes.count)
    switch random.below(5) {
    case 0: bytes[place] = UInt8(random.below(256))
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(bytes[place], at: place)
    case 3: bytes.insert(random.pick(Array(#"{}[],:"\ -+.eE0u19tfn"#.utf8)), at: place)
    default: bytes.removeSubrange(place...)
    }
  }

  /// A text for people, what is not plain as numbers.
  static func show(_ bytes: [UInt8]) -> String {
    bytes.prefix(200).map { $0 >= 0x20 && $0 < 0x7F ? String(Unicode.Scalar($0)) : "<\($0)>" }
      .joined() + (bytes.count > 200 ? "… of \(bytes.count) bytes" : "")
  }

  private static func appendValue(
    to bytes: inout [UInt8], depth: Int, using random: inout JSONTestRandom
  ) {
    func blank(_ bytes: inout [UInt8], _ random: inout JSONTestRandom) {
      if random.below(4) == 0 { bytes += random.pick([" ", "\n", "\t", "\r\n", "  "]).utf8 }
    }
    switch random.below(depth > 4 ? 5 : 8) {
    case 0: bytes += random.pick(["null", "true", "false"]).utf8
    case 1, 2: bytes += random.pick(numbers).utf8
    case 3, 4: appendString(to: &bytes, using: &random)
    case 5:
      bytes += "[".utf8
      for place in 0..<random.below(4) {
        if place > 0 { bytes += ",".utf8 }
        blank(&bytes, &random)
        appendValue(to: &bytes, depth: depth + 1, using: &random)
        blank(&bytes, &random)
      }
      bytes += "]".utf8
    default:
      bytes += "{".utf8
      for place in 0..<random.below(5) {
        if place > 0 { bytes += ",".utf8 }
        blank(&bytes, &random)
        appendString(to: &bytes, using: &random)
        blank(&bytes, &random)
        bytes += ":".utf8
        blank(&bytes, &random)
        appendValue(to: &bytes, depth: depth + 1, using: &random)
      }
      bytes += "}".utf8
    }
  }

  private static func appendString(to bytes: inout [UInt8], using random: inout JSONTestRandom) {
    bytes += "\"".utf8
    for _ in 0..<random.pick([0, 1, 3, 8, 20]) { bytes += random.pick(pieces).utf8 }
    bytes += "\"".utf8
  }

  private static let numbers = [
    "0", "-0", "1", "-1", "10", "0.5", "-0.25", "1e3", "1E+3", "2.5e-7", "123456789012", "19.99",
    "9007199254740991", "1.0", "100000",
  ]
  private static let pieces = [
    "a", "b", "Z", "7", " ", "/", "abcdefgh", "\u{7F}", "é", "ß", "е", "漢", "字", "\u{FFFD}",
    "\u{E000}", "😀", "𝄞", #"\n"#, #"\t"#, #"\""#, #"\\"#, #"\/"#, #"\u0041"#, #"\u00e9"#,
    #"\uD83D\uDE00"#, #"\u20AC"#, #"\b\f\r"#,
  ]
}
