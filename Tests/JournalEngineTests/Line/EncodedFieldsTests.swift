import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("What is known of a line that was just written")
struct EncodedFieldsTests {
  @Test("is what the scanner finds in it, whatever the texts hold")
  func sameAsScanned() async throws {
    try await Property.check("encode, then scan", rounds: 300) { seed in
      var random = SeededGenerator(seed: seed)
      func maybe(_ random: inout SeededGenerator) -> String? {
        random.once(in: 3) ? nil : random.text(random.below(12))
      }
      let types = EngineType.allCases.map(\.rawValue) + ["t" + random.text(8), "journal.x", "j"]
      var content = LineEncoder.Content(type: types[random.below(types.count)])
      content.subject = maybe(&random)
      content.by = maybe(&random)
      content.id = maybe(&random)
      if random.once(in: 2) {
        content.data = Array(JSON.object([random.text(4): .string(random.text(20))]).text.utf8)
      }
      content.more = content.type != EngineType.sealed.rawValue && random.once(in: 2)
      let seq = random.once(in: 8) ? .max : Int64.random(in: 1...9_999_999, using: &random)
      let attempt = LineEncoder.Attempt(
        time: Timestamp(microseconds: Int64(random.below(4_000_000_000_000_000))),
        durable: Int64.random(in: 0..<seq, using: &random), nonce: random.next())
      let prev = SHA256.digest(of: random.bytes(5))
      // Behind another one, as in a group.
      var bytes = LineBytes(capacity: random.below(300))
      for byte in random.bytes(random.below(100)) { bytes.put(byte) }
      let start = bytes.count
      let fields = LineEncoder.write(
        type: content.type, subject: content.subject, by: content.by, id: content.id,
        data: content.data, more: content.more, time: content.time ?? attempt.time, seq: seq,
        prev: prev, attempt: attempt, to: &bytes)
      let line = Array(bytes.array[start...])
      guard let scanned = Sample.scan(line) else { throw Violation("torn: \(line)") }
      try Violation.unless("\(fields)" == "\(scanned)", "\(fields) for \(scanned)")
      try Violation.unless(
        String(decoding: line, as: UTF8.self).contains(#""prev":"\#(prev.description)"}"#), "prev")
    }
  }
}
