import Discovery
import JournalEngine

/// Random texts, JSON values and events; numbers in every form that JSON allows.
extension SeededGenerator {
  mutating func text() -> String {
    let pieces = [
      "a", "Z", "7", " ", "_", "/", "\"", "\\", "\n", "\u{0}", "\u{7F}", "é", "ß", "漢", "😀",
      "\u{2028}", "𝄞", "name",
    ]
    return (0..<below(6)).map { _ in pick(pieces) }.joined()
  }

  mutating func number() -> JSONNumber {
    let texts = [
      "0", "-0", "1", "-17", "1.50", "1e2", "1E+2", "2.5e-7", "12345678901234567890.5", "0.10",
      "9007199254740993", "1e400", "\(Int64.random(in: .min ... .max, using: &self))",
      "\(Double.random(in: -1e9...1e9, using: &self))",
    ]
    return JSONNumber(text: pick(texts)) ?? JSONNumber(0)
  }

  mutating func json(depth: Int = 3) -> JSON {
    switch below(depth == 0 ? 4 : 6) {
    case 0: return pick([.null, .bool(true), .bool(false)])
    case 1: return .number(number())
    case 2, 3: return .string(text())
    case 4: return .array((0..<below(4)).map { _ in json(depth: depth - 1) })
    default: return .object(object(depth: depth - 1))
    }
  }

  mutating func object(depth: Int = 2) -> JSONObject {
    JSONObject((0..<below(5)).map { _ in (text(), json(depth: depth)) })
  }

  mutating func texts() -> [String] { (0..<below(4)).map { _ in text() } }

  mutating func count() -> Int64 { pick([0, 1, 12, Int64.max, Int64(below(100_000))]) }

  mutating func counts() -> [TrackCount] {
    var names: Set<String> = []
    return texts().filter { names.insert($0).inserted }.map { TrackCount($0, count()) }
  }

  mutating func origin() -> DiscoveryEvent.Origin {
    DiscoveryEvent.Origin(source: maybe { $0.text() }, confidence: maybe { $0.number() })
  }

  /// One event of each kind, with random contents.
  mutating func everyEvent() -> [DiscoveryEvent] {
    let session = "session_" + text()
    return [
      .profileCreated(fields: object(), origin: origin()),
      .profileUpdated(set: object(), unset: texts(), origin: origin()),
      .profileArchived(reason: maybe { $0.text() }),
      .profileRestored(reason: maybe { $0.text() }),
      .profileDeleted(reason: maybe { $0.text() }),
      .sessionStarted(session: session, tracks: texts(), params: object()),
      .sessionFound(
        session: session, track: text(), count: maybe { $0.count() },
        opportunities: maybe { random in (0..<random.below(3)).map { _ in random.json() } }),
      .sessionCompleted(
        session: session,
        .init(
          opportunitiesFound: maybe { $0.counts() }, total: maybe { $0.count() },
          notes: maybe { $0.text() })),
      .sessionFailed(
        session: session,
        .init(
          errors: texts(), reason: pick(DiscoveryEvent.Failure.Reason.allCases),
          supersededBy: maybe { $0.text() })),
      .imported(object()),
    ]
  }
}
