import JournalEngine
import JournalTestSupport
import Testing

/// A chain under test, fed with lines made by hand.
struct ChainBench {
  var chain = ChainState()
  /// Decisions on lines that were pending and then void, oldest first.
  var dropped: [VoidLine] = []
  private var nonce: UInt64 = 0

  /// One line, made and not yet taken.
  struct Made {
    let line: [UInt8]
    let seq: Int64
    var hash: Digest { SHA256.digest(of: line) }
    var head: Head { Head(seq: seq, hash: hash) }
  }

  mutating func make(
    on head: Head, seq: Int64? = nil, durable: Int64 = 0, more: Bool = false,
    type: String = Tally.type
  ) -> Made {
    nonce += 1
    let seq = seq ?? head.seq + 1
    return Made(
      line: RawLines.line(
        type, seq: seq, prev: head.hash, durable: durable, nonce: nonce, more: more),
      seq: seq)
  }

  @discardableResult
  mutating func take(_ made: Made) -> LineDecision {
    chain.step(Sample.scan(made.line), hash: made.hash) { dropped.append($0) }
  }

  /// Makes a line and takes it.
  @discardableResult
  mutating func step(
    on head: Head, seq: Int64? = nil, durable: Int64 = 0, more: Bool = false,
    type: String = Tally.type
  ) -> LineDecision {
    take(make(on: head, seq: seq, durable: durable, more: more, type: type))
  }

  /// Takes lines that count.
  mutating func accept(_ count: Int) throws {
    for _ in 0..<count {
      let line = make(on: chain.head)
      guard take(line) == .accepted else { throw Violation("\(chain.head) is not extended") }
    }
  }

  mutating func seal() throws {
    try Violation.unless(step(on: chain.head, type: "journal.sealed") == .accepted, "no seal")
  }

  /// A place that no line stands at.
  func unknown(seq: Int64) -> Head {
    Head(seq: seq, hash: SHA256.digest(of: Array("unknown \(seq)".utf8)))
  }
}

extension LineDecision {
  var void: VoidLine? {
    if case .void(let line) = self { line } else { nil }
  }
}
