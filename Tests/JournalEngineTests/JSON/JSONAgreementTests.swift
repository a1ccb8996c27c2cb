import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@Suite("Beside the readers of the toolchain")
struct JSONAgreementTests {
  private static let readers = FoundationJSON.Reader.allCases

  @Test("the grammar and the reader agree, but for names that occur twice")
  func grammarAndReader() async throws {
    var (accepted, refused) = (0, 0)
    try await Property.check("grammar and reader", rounds: 20_000) { seed in
      var random = JSONTestRandom(seed: seed)
      let bytes = JSONTest.randomText(using: &random)
      let error = JSONTest.error(bytes)
      if error?.code == .duplicateName { return }
      let accepts = JSONTest.grammarAccepts(bytes)
      try Violation.unless(accepts == (error == nil), JSONTest.show(bytes))
      if accepts { accepted += 1 } else { refused += 1 }
      try Violation.unless(
        (0...bytes.count).contains(error?.offset ?? 0), "outside: \(JSONTest.show(bytes))")
    }
    #expect(accepted + refused < 10_000 || (accepted > 5_000 && refused > 3_000), "no mix")
  }

  @Test("a hard case is taken or refused as the format says, and parts where it is meant to")
  func hardCases() {
    for (text, isAccepted, differences) in JSONHardCases.all {
      let results = Self.readers.map { JSONComparison(text, with: $0) }
      for result in results {
        #expect(result.unexplained == nil)
        #expect(result.isAccepted == isAccepted, "\(JSONTest.show(text))")
        #expect(result.differences.isSubset(of: differences), "\(JSONTest.show(text))")
      }
      // One of them may know better, as JSONSerialization does of 1e-400.
      let all = results.reduce(into: Set()) { $0.formUnion($1.differences) }
      #expect(all == differences, "\(JSONTest.show(text))")
    }
  }

  @Test("each kind of difference has its case")
  func kinds() {
    let shown = JSONHardCases.all.reduce(into: Set()) { $0.formUnion($1.differences) }
    #expect(shown == Set(JSONDifference.allCases))
  }

  @Test("of two members with one name the readers of the toolchain keep different ones")
  func nameTwice() {
    let text = Array(#"{"a":1,"a":2}"#.utf8)
    let kept = Self.readers.map { reader -> Double? in
      guard case .object(let members)? = FoundationJSON(text, by: reader),
        case .number(let number)? = members["a"]
      else { return nil }
      return number
    }
    #expect(kept == [2, 1])
    #expect(JSONTest.error(text)?.code == .duplicateName)
  }

  @Test("what was fuzzed parts for known reasons only")
  func corpus() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.appendingPathComponent("Fuzz/Corpus/json")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: file))
      for reader in Self.readers {
        #expect(JSONComparison(bytes, with: reader).unexplained == nil, "\(file.path)")
      }
    }
  }

  @Test("random texts, and hard cases with changes, part for known reasons only")
  func random() async throws {
    var (accepted, differing, tried) = (0, 0, 0)
    try await Property.check("readers of the toolchain", rounds: 800) { seed in
      var random = JSONTestRandom(seed: seed)
      let bytes = Self.text(using: &random)
      for reader in Self.readers {
        let result = JSONComparison(bytes, with: reader)
        if let unexplained = result.unexplained { throw Violation(unexplained) }
        tried += 1
        accepted += result.isAccepted ? 1 : 0
        differing += result.differences.isEmpty ? 0 : 1
      }
    }
    #expect(tried < 1_600 || (accepted > 200 && differing > 40), "\(accepted), \(differing)")
  }

  /// A text that is mostly right, of what is random and what is known to be hard.
  private static func text(using random: inout JSONTestRandom) -> [UInt8] {
    var bytes =
      random.below(2) == 0
      ? JSONTest.randomText(using: &random) : random.pick(JSONHardCases.all).text
    switch random.below(8) {
    case 0:
      let other = random.pick(JSONHardCases.all).text
      bytes = Array("[".utf8) + bytes + Array(",".utf8) + other + Array("]".utf8)
    case 1: bytes = Array(#"{"a":"#.utf8) + bytes + Array("}".utf8)
    case 2: JSONTest.damage(&bytes, using: &random)
    case 3:
      let text = String(decoding: bytes, as: UTF8.self)
      let encodings: [String.Encoding] = [
        .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian, .utf16,
      ]
      bytes = [UInt8](text.data(using: random.pick(encodings)) ?? Data())
    default: break
    }
    return bytes
  }
}
