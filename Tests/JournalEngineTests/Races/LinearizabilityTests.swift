import JournalEngine
import JournalTestSupport
import Testing

/// The checker itself, on small histories made by hand.
@Suite("The check that a history is linearizable")
struct LinearizabilityTests {
  /// The engine's first line, then a group of two, then one with a key.
  private static let lines = [
    line(nil), line("a", endsGroup: false), line("a2"), line("b", id: "key"),
  ]

  private static func line(
    _ tag: String?, id: String? = nil, endsGroup: Bool = true
  ) -> Linearizability.Line {
    Linearizability.Line(
      tag: tag, id: id, hash: Digest(of: [UInt8]((tag ?? "-").utf8)), endsGroup: endsGroup,
      file: "f", end: 100)
  }

  private static func head(_ seq: Int) -> Head {
    seq == 0 ? .none : Head(seq: Int64(seq), hash: lines[seq - 1].hash)
  }

  private static func call(
    _ time: ClosedRange<Int>, _ answer: Call.Answer, tags: [String] = [], id: String? = nil,
    durable: Int? = nil
  ) -> Call {
    Call(
      what: "call", tags: tags, id: id, began: time.lowerBound, ended: time.upperBound,
      answer: answer, durable: durable.map { ["f": $0] })
  }

  private static func a(_ time: ClosedRange<Int>) -> Call {
    call(time, .recorded(2...3), tags: ["a", "a2"])
  }

  private static func b(_ time: ClosedRange<Int>) -> Call {
    call(time, .recorded(4...4), tags: ["b"], id: "key")
  }

  private static func read(_ time: ClosedRange<Int>, _ seq: Int, _ tags: [String]? = nil) -> Call {
    call(time, .read(tags, head: head(seq)))
  }

  private static let explained: [String: [Call]] = [
    "one after the other": [a(1...2), b(3...4)],
    "at the same time": [a(1...9), b(2...3)],
    "a read before, between, after": [
      read(1...2, 0), a(3...4), read(5...6, 3, ["a", "a2"]), b(7...8), read(9...10, 4),
    ],
    "a read at the same time, of what is older": [a(1...2), b(3...8), read(4...5, 3)],
    "a read at the same time, of what is newer": [a(1...2), b(3...8), read(4...5, 4)],
    "a refusal that saw nothing of what came meanwhile": [
      a(1...8), call(2...3, .refused(seen: [])), b(9...10),
    ],
    "a refusal after the engine's own line": [
      call(1...2, .refused(seen: [])), a(3...4), b(5...6),
    ],
    "a key used before": [
      a(1...2), b(3...4), call(5...6, .repeated(4...4, head: head(4)), tags: ["c"], id: "key"),
    ],
    "an unknown outcome that was recorded": [
      a(1...2), call(3...4, .unknown("?"), tags: ["b"], id: "key"),
    ],
    "an unknown outcome that shows late": [
      a(1...2), call(3...4, .unknown("?"), tags: ["b"], id: "key"), read(5...6, 3), read(7...8, 4),
    ],
    "an unknown outcome that was not recorded": [
      a(1...2), b(3...4), call(5...6, .unknown("?"), tags: ["c"]),
    ],
    "a failure that left nothing": [a(1...2), b(3...4), call(1...9, .failed("x"), tags: ["c"])],
    "an answer that is durable": [a(1...2), call(3...4, .read(nil, head: head(3)), durable: 100)]
      + [b(5...6)],
  ]

  private static let unexplained: [String: [Call]] = [
    "in another order than the journal's": [b(1...2), a(3...4)],
    "an append that nobody acknowledged or asked for": [a(1...2)],
    "an acknowledged append that is missing": [
      a(1...2), b(3...4), call(5...6, .recorded(5...5), tags: ["c"]),
    ],
    "an append at another place": [
      a(1...2), call(3...4, .recorded(3...3), tags: ["b"], id: "key"),
    ],
    "an append without its key": [a(1...2), call(3...4, .recorded(4...4), tags: ["b"])],
    "half a group": [
      call(1...2, .recorded(2...2), tags: ["a"]), call(1...2, .recorded(3...3), tags: ["a2"]),
      b(3...4),
    ],
    "a read that misses what was acknowledged": [a(1...2), b(3...4), read(5...6, 3)],
    "a read that sees the future": [a(1...2), read(3...4, 4), b(5...6)],
    "a read that goes back": [a(1...2), b(3...9), read(4...5, 4), read(6...7, 3)],
    "a read of half a group": [a(1...9), b(10...11), read(2...3, 2)],
    "a head that never was": [
      a(1...2), b(3...4), call(5...6, .read(nil, head: Head(seq: 4, hash: .zero))),
    ],
    "a state of another head": [a(1...2), b(3...4), read(5...6, 4, ["a", "a2"])],
    "a refusal of a state that is gone": [
      a(1...2), call(3...4, .refused(seen: [])), b(5...6),
    ],
    "a refusal of a state to come": [
      call(1...2, .refused(seen: ["a", "a2"])), a(3...4), b(5...6),
    ],
    "a refusal of a state that never was": [
      a(1...2), b(3...4), call(1...9, .refused(seen: ["b"])),
    ],
    "a key that was not used before": [
      a(1...2), b(3...4), call(5...6, .repeated(3...3, head: head(4)), tags: ["c"], id: "key"),
    ],
    "a key that is used later": [
      a(1...2), call(3...4, .repeated(4...4, head: head(4)), tags: ["c"], id: "key"), b(5...6),
    ],
    "a failure that recorded all the same": [
      a(1...2), call(3...4, .failed("x"), tags: ["b"], id: "key"),
    ],
    "half of an unknown outcome": [a(1...2), call(3...4, .unknown("?"), tags: ["b", "c"])],
    "an unknown outcome before it was called": [
      a(1...2), read(3...4, 4), call(5...6, .unknown("?"), tags: ["b"], id: "key"),
    ],
    "an answer that is not durable": [
      a(1...2), b(3...4), call(5...6, .read(nil, head: head(4)), durable: 99),
    ],
  ]

  @Test("takes what one order explains", arguments: explained.keys.sorted())
  func good(_ name: String) throws {
    try Linearizability(Self.lines).check(Self.explained[name] ?? [])
  }

  @Test("refuses what no order explains", arguments: unexplained.keys.sorted())
  func bad(_ name: String) {
    #expect(throws: Violation.self) {
      try Linearizability(Self.lines).check(Self.unexplained[name] ?? [])
    }
  }

  @Test("refuses what was recorded twice, and keys that were used twice")
  func twice() {
    let both = [Self.line("a"), Self.line("a")]
    #expect(throws: Violation.self) {
      try Linearizability(both).check([Self.call(1...2, .unknown("?"), tags: ["a"])])
    }
    let keys = [Self.line("a", id: "k"), Self.line("b", id: "k")]
    #expect(throws: Violation.self) {
      try Linearizability(keys).check([
        Self.call(1...2, .recorded(1...1), tags: ["a"], id: "k"),
        Self.call(1...2, .recorded(2...2), tags: ["b"], id: "k"),
      ])
    }
  }
}
