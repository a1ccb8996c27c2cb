import JournalTestSupport
import Testing
import fuzz

@Suite("What is fuzzed")
struct CorpusTests {
  @Test("holds on all that was found so far", arguments: FuzzTarget.allCases)
  func corpus(_ target: FuzzTarget) throws {
    let files = try Corpus.files(of: target)
    #expect(!files.isEmpty)
    for file in files {
      #expect(throws: Never.self, "\(file)") { try target.check(Corpus.bytes(of: file)) }
    }
  }

  @Test("holds on what is near to it", arguments: FuzzTarget.allCases)
  func mutated(_ target: FuzzTarget) async throws {
    let inputs = try Corpus.files(of: target).map { try Corpus.bytes(of: $0) }
    try await Property.check("\(target) near the corpus", rounds: 100) { seed in
      var random = SeededGenerator(seed: seed)
      try target.check(random.mutation(of: inputs))
    }
  }
}

extension SeededGenerator {
  /// One of the inputs with a few bytes changed, dropped or doubled, or with the end of another.
  fileprivate mutating func mutation(of inputs: [[UInt8]]) -> [UInt8] {
    var bytes = pick(inputs)
    for _ in 0...below(4) where !bytes.isEmpty {
      let place = below(bytes.count)
      let end = min(bytes.count, place + 1 + below(16))
      switch below(5) {
      case 0: bytes[place] = UInt8(below(256))
      case 1: bytes[place] ^= 1 << UInt8(below(8))
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count))
      default:
        let other = pick(inputs)
        bytes = Array(bytes[..<place]) + other.dropFirst(below(other.count + 1))
      }
    }
    return bytes
  }
}
