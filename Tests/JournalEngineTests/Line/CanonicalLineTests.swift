import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A line of our own spelling")
struct CanonicalLineTests {
  private func line(_ random: inout SeededGenerator) -> [UInt8] {
    func maybe(_ random: inout SeededGenerator) -> String? {
      random.once(in: 2) ? nil : random.text(random.below(12))
    }
    let type = random.once(in: 4) ? random.pick(EngineType.allCases).rawValue : "t" + random.text(5)
    var content = LineEncoder.Content(type: type)
    content.subject = maybe(&random)
    content.by = maybe(&random)
    content.id = maybe(&random)
    let object: JSONObject = [
      random.text(4): .string(random.text(20)), "n": .number(JSONNumber(1)),
      "inside": ["prev": .string("x"), "more": .bool(true)],
    ]
    if random.once(in: 2) { content.data = Array(JSON.object(object).text.utf8) }
    content.more = type != EngineType.sealed.rawValue && random.once(in: 3)
    let seq = Int64(random.below(1 << random.below(40) + 1)) + 1
    let attempt = LineEncoder.Attempt(
      time: Timestamp(microseconds: Int64(random.below(4_000_000_000_000_000))),
      durable: Int64.random(in: 0..<seq, using: &random), nonce: random.next())
    return LineEncoder.line(
      content, seq: seq, prev: SHA256.digest(of: random.bytes(5)), attempt: attempt)
  }

  private func both(_ line: [UInt8]) -> (canonical: ScannedLine?, any: ScannedLine?) {
    line.withUnsafeBytes { (CanonicalLine.scan($0), LineScanner.scanAnySpelling($0)) }
  }

  @Test("is found to be what any line would be, with nothing looked for")
  func own() async throws {
    try await Property.check("canonical lines", rounds: 500) { seed in
      var random = SeededGenerator(seed: seed)
      let line = line(&random)
      let (canonical, any) = both(line)
      guard let canonical, canonical == any else {
        throw Violation("scanned otherwise: \(String(decoding: line, as: UTF8.self))")
      }
    }
  }

  @Test("is never taken for well formed where it is not, whatever is altered, cut or moved")
  func altered() async throws {
    try await Property.check("altered lines", rounds: 3000) { seed in
      var random = SeededGenerator(seed: seed)
      var line = line(&random)
      let other = self.line(&random)
      for _ in 0...random.below(2) where !line.isEmpty {
        let place = random.below(line.count)
        let end = min(line.count, place + 1 + random.below(24))
        switch random.below(6) {
        case 0: line[place] ^= 1 << UInt8(random.below(8))
        case 1: line[place] = random.pick(Array("0123456789\"\\,:{}[] aetn".utf8))
        case 2: line.removeSubrange(place..<end)
        case 3: line.insert(contentsOf: line[place..<end], at: random.below(line.count))
        case 4: line = Array(line[..<place]) + other.suffix(random.below(other.count))
        default: line.insert(UInt8(ascii: " "), at: place)
        }
      }
      let (canonical, any) = both(line)
      guard canonical == nil || canonical == any else {
        throw Violation("scanned otherwise: \(String(decoding: line, as: UTF8.self))")
      }
    }
  }

  @Test(
    "is left to the scanner of any line where it is spelled otherwise",
    arguments: [
      ("{\"seq\":", "{ \"seq\":"), ("\"type\":\"t\"", "\"type\":\"t\",\"own\":1"),
      ("\"seq\":7", "\"seq\":0"), ("\"seq\":7", "\"seq\":07"),
      ("\"durable\":6", "\"durable\":7"), ("\"type\":\"t\"", "\"type\":\"\""),
      ("\"seq\":7", "\"seq\":9223372036854775808"),
    ])
  func otherwise(_ from: String, _ to: String) throws {
    let attempt = LineEncoder.Attempt(time: RawLines.time, durable: 6, nonce: 1)
    let line = LineEncoder.line(
      LineEncoder.Content(type: "t"), seq: 7, prev: .zero, attempt: attempt)
    let text = String(decoding: line, as: UTF8.self)
    #expect(both(line).canonical != nil)
    let spelled = text.replacing(from, with: to)
    #expect(spelled != text)
    #expect(both(Array(spelled.utf8)).canonical == nil)
  }
}
