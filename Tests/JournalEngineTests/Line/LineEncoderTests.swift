import JournalEngine
import JournalTestSupport
import Testing

@Suite("A line that is written")
struct LineEncoderTests {
  private static let attempt = LineEncoder.Attempt(
    time: RawLines.time, durable: 41, nonce: 0xABC)

  @Test("has its members in the order of the format, and no blank")
  func golden() throws {
    let content = LineEncoder.Content(
      type: "session.started", subject: "s-1", by: "root", id: "k\"1",
      data: Array(#"{"n":1.50}"#.utf8),
      more: true)
    let prev = try #require(Digest(hex: Sample.prev))
    let line = LineEncoder.line(content, seq: 42, prev: prev, attempt: Self.attempt)
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"seq":42,"time":"2025-10-01T12:00:00.000000Z","type":"session.started","#
        + #""subject":"s-1","by":"root","id":"k\"1","data":{"n":1.50},"durable":41,"#
        + #""nonce":"0000000000000abc","more":true,"prev":"\#(Sample.prev)"}"#)
  }

  @Test("leaves out what there is not")
  func least() {
    let line = LineEncoder.line(
      LineEncoder.Content(type: "t"), seq: 42, prev: .zero, attempt: Self.attempt)
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"seq":42,"time":"2025-10-01T12:00:00.000000Z","type":"t","durable":41,"#
        + #""nonce":"0000000000000abc","prev":"\#(Digest.zero)"}"#)
  }

  @Test("is read back as what was written, whatever the texts hold")
  func roundTrip() async throws {
    try await Property.check("encode, then scan", rounds: 200) { seed in
      var random = SeededGenerator(seed: seed)
      func maybe(_ random: inout SeededGenerator) -> String? {
        random.once(in: 3) ? nil : random.text(random.below(12))
      }
      var content = LineEncoder.Content(type: "t" + random.text(random.below(12)))
      content.subject = maybe(&random)
      content.by = maybe(&random)
      content.id = maybe(&random)
      let object: JSONObject = [
        random.text(4): .string(random.text(20)), "n": .number(JSONNumber(1)),
      ]
      if random.once(in: 2) { content.data = Array(JSON.object(object).text.utf8) }
      content.more = random.once(in: 2)
      let seq = Int64.random(in: 1...(.max), using: &random)
      let attempt = LineEncoder.Attempt(
        time: Timestamp(microseconds: Int64(random.below(4_000_000_000_000_000))),
        durable: Int64.random(in: 0..<seq, using: &random), nonce: random.next())
      let prev = SHA256.digest(of: random.bytes(5))
      let line = LineEncoder.line(content, seq: seq, prev: prev, attempt: attempt)

      guard let fields = Sample.scan(line) else { throw Violation("torn: \(line)") }
      let place = LinePlace(segment: 1, offset: 0, length: line.count)
      let entry = Entry(line: line, fields: fields, hash: SHA256.digest(of: line), place: place)
      func same(_ a: String?, _ b: String?) -> Bool {
        a.map { Array($0.utf8) } == b.map { Array($0.utf8) }
      }
      try Violation.unless(
        same(entry.type, content.type) && same(entry.subject, content.subject)
          && same(entry.by, content.by) && same(entry.id, content.id)
          && entry.data.map(Array.init) == content.data, "texts of \(content)")
      try Violation.unless(
        entry.seq == seq && entry.time == attempt.time && entry.durable == attempt.durable
          && entry.prev == prev && entry.more == content.more && fields.nonce == attempt.nonce
          && !line.contains(10), "numbers of \(content)")
      try Violation.unless(
        try content.data == nil ? entry.object().isEmpty : entry.object() == object, "data")
    }
  }
}
