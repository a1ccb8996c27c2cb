import JournalEngine
import JournalTestSupport
import Testing

/// "A line is well formed exactly if": each clause, both ways.
@Suite("A line is well formed")
struct LineScannerTests {
  @Test("with the six members that it must have, and gives their values")
  func least() throws {
    let line = Sample().text
    let fields = try #require(Sample.scan(line))
    #expect(fields.seq == 7)
    #expect(fields.time.description == "2025-10-01T12:00:00.123456Z")
    #expect(fields.durable == 6)
    #expect(fields.nonce == 0x0123_4567_89ab_cdef)
    #expect(fields.prev.description == Sample.prev)
    #expect(!fields.more && !fields.isSeal)
    #expect(fields.subject == nil && fields.by == nil && fields.id == nil && fields.data == nil)
  }

  @Test("and not without one of them", arguments: Sample.required)
  func missing(_ name: String) {
    #expect(Sample.scan(Sample().without(name).text) == nil)
  }

  @Test("whatever the order of its members")
  func order() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      var sample = Sample()
      sample.members.shuffle(using: &random)
      #expect(Sample.scan(sample.text) != nil)
    }
  }

  @Test("with members that it does not know, whatever they hold")
  func unknown() {
    for value in ["1", "null", "[1,{\"a\":1,\"a\":2}]", "\"x\"", "1e400", "{}"] {
      #expect(Sample.scan(Sample().with("unknown", value).text) != nil, "\(value)")
    }
    #expect(Sample.scan(Sample().with("Seq", "\"x\"").with("", "1").text) != nil)
  }

  @Test(
    "and not with a value of another kind",
    arguments: [
      (
        "seq",
        [
          "0", "-1", "1.0", "7e0", "1e2", "07", "+7", "\"7\"", "null", "9223372036854775808",
          "99999999999999999999", "[7]", "-0", "0x7", "7.", "true", "",
        ]
      ),
      ("durable", ["-1", "-0", "00", "06", "6.0", "6e0", "\"6\"", "null", "9223372036854775808"]),
      ("type", ["\"\"", "1", "null", "[]", "tag"]),
      (
        "time",
        [
          "\"2025-10-01T12:00:00Z\"", "1", "null", "\"2025-02-30T12:00:00.123456Z\"",
          "\"2025-10-01T12:00:00.123456\\u005a\"", "\"\"",
        ]
      ),
      (
        "nonce",
        [
          "\"0123456789ABCDEF\"", "\"0123456789abcde\"", "\"0123456789abcdef0\"", "1",
          "\"012345678\\u0039abcdef\"", "\"\"", "null", "\"0123456789abcdeg\"",
        ]
      ),
      (
        "prev",
        [
          "\"\"", "0", "null", "\"\(Sample.prev)0\"", "\"\(Sample.prev.dropLast())\"",
          "\"\(Sample.prev.uppercased())\"", "\"\\u0061\(Sample.prev.dropFirst())\"",
        ]
      ),
    ])
  func wrongRequired(_ name: String, _ values: [String]) {
    for value in values {
      #expect(Sample.scan(Sample().with(name, value).text) == nil, "\(name): \(value)")
    }
  }

  @Test(
    "nor with an optional member of another kind",
    arguments: [
      ("subject", ["1", "null", "{}", "true"]), ("by", ["1", "null", "[]"]),
      ("id", ["1", "null", "{}"]), ("data", ["1", "null", "[]", "\"{}\"", "true"]),
      ("more", ["false", "null", "1", "\"true\"", "{}", "True", "truee"]),
    ])
  func wrongOptional(_ name: String, _ values: [String]) {
    for value in values {
      #expect(Sample.scan(Sample().with(name, value).text) == nil, "\(name): \(value)")
    }
  }

  @Test("with all the optional members")
  func optional() throws {
    let sample = Sample().with("subject", "\"\"").with("by", "\"\\u0000\"").with("id", "\"é\"")
      .with("data", "{}").with("more", "true")
    let fields = try #require(Sample.scan(sample.text))
    #expect(fields.more)
    #expect(fields.subject != nil && fields.by != nil && fields.id != nil && fields.data != nil)
  }

  @Test("up to the highest number below 2⁶³")
  func numbers() {
    #expect(Sample.scan(Sample().with("seq", "9223372036854775807").text)?.seq == .max)
    #expect(Sample.scan(Sample().with("seq", "1").with("durable", "0").text)?.seq == 1)
    let highest = Sample().with("seq", "9223372036854775807").with("durable", "9223372036854775806")
    #expect(Sample.scan(highest.text)?.durable == Int64.max - 1)
  }

  @Test("and not where durable is not below seq")
  func durable() {
    #expect(Sample.scan(Sample().with("durable", "6").text) != nil)
    #expect(Sample.scan(Sample().with("durable", "7").text) == nil)
    #expect(Sample.scan(Sample().with("durable", "8").text) == nil)
  }

  @Test("as a seal, and not as a seal that is part of a group")
  func seals() throws {
    for type in [#""journal.sealed""#, #""journal.s\u0065aled""#] {
      let seal = Sample().with("type", type)
      #expect(try #require(Sample.scan(seal.text)).isSeal)
      #expect(Sample.scan(seal.with("more", "true").text) == nil)
    }
    #expect(Sample.scan(Sample().with("type", "\"journal.sealed2\"").text)?.isSeal == false)
  }
}

/// The members of one line as texts, to be changed one by one.
struct Sample {
  static let required = ["seq", "time", "type", "durable", "nonce", "prev"]
  static let prev = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  var members: [(name: String, value: String)] = [
    ("\"seq\"", "7"), ("\"time\"", "\"2025-10-01T12:00:00.123456Z\""),
    ("\"type\"", "\"tag.counted\""), ("\"durable\"", "6"),
    ("\"nonce\"", "\"0123456789abcdef\""), ("\"prev\"", "\"\(prev)\""),
  ]

  func without(_ name: String) -> Sample {
    var copy = self
    copy.members.removeAll { $0.name == "\"\(name)\"" }
    return copy
  }

  /// The same with another value for a member, which is added where it is missing.
  func with(_ name: String, _ value: String) -> Sample {
    adding("\"\(name)\"", value, replacing: true)
  }

  /// The same with one more member, its name as it is spelled, quotes included.
  func adding(_ spelled: String, _ value: String, replacing: Bool = false) -> Sample {
    var copy = self
    if replacing, let place = copy.members.firstIndex(where: { $0.name == spelled }) {
      copy.members[place].value = value
    } else {
      copy.members.append((spelled, value))
    }
    return copy
  }

  var text: String {
    "{" + members.map { $0.name + ":" + $0.value }.joined(separator: ",") + "}"
  }

  static func scan(_ text: String) -> ScannedLine? { scan(Array(text.utf8)) }

  static func scan(_ bytes: [UInt8]) -> ScannedLine? {
    bytes.withUnsafeBytes { LineScanner.scan($0) }
  }
}
