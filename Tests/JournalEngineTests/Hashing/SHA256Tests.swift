import CSHA256
import JournalEngine
import JournalTestSupport
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "gives the digests that NIST publishes",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
          + "klmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func published(_ text: String, _ hex: String) {
    #expect(SHA256.digest(of: Array(text.utf8)).description == hex)
    #expect(PortableSHA256.hex(Array(text.utf8)) == hex)
  }

  @Test("gives NIST's digest of a million times the letter a")
  func million() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let hex = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.digest(of: bytes).description == hex)
  }

  @Test("gives the same as plain C for every length around the blocks' ends")
  func lengths() {
    var random = SeededGenerator(seed: 7)
    for length in 0...260 {
      let bytes = random.bytes(length)
      #expect(SHA256.digest(of: bytes).description == PortableSHA256.hex(bytes), "\(length)")
    }
  }

  @Test("of messages taken together is the one of each, however many and whatever their lengths")
  func together() async throws {
    try await Property.check("SHA-256 of many", rounds: 300) { seed in
      var random = SeededGenerator(seed: seed)
      let longest = random.pick([1, 60, 130, 400, 3000])
      let messages = (0..<random.below(70)).map { _ in random.bytes(random.below(longest)) }
      let expected = messages.map(PortableSHA256.hex)
      try Violation.unless(
        Self.hex(messages, csha256_digest_many) == expected, "\(messages.map(\.count)) at once")
      try Violation.unless(
        Self.hex(messages, csha256_digest_many_by_twos) == expected,
        "\(messages.map(\.count)) by twos")
    }
  }

  private typealias Words = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

  private static func hex(
    _ messages: [[UInt8]],
    _ digest: (UnsafePointer<csha256_message>?, Int, UnsafeMutablePointer<Words>?) -> Void
  ) -> [String] {
    // Each message ends where nothing behind it may be read without notice by a sanitizer.
    let copies = messages.map { bytes in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
      _ = copy.initialize(from: bytes)
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    let places = copies.map { csha256_message(bytes: $0.baseAddress, count: $0.count) }
    var words = [Words](repeating: (0, 0, 0, 0, 0, 0, 0, 0), count: messages.count)
    digest(places, messages.count, &words)
    return words.map { words in
      withUnsafeBytes(of: words) {
        PortableSHA256.hex(words: Array($0.bindMemory(to: UInt32.self)))
      }
    }
  }

  @Test("does not depend on how the bytes are cut into pieces")
  func splits() async throws {
    try await Property.check("SHA-256 of pieces", rounds: 100) { seed in
      var random = SeededGenerator(seed: seed)
      let bytes = random.bytes(random.below(2000))
      var hash = SHA256()
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(random.pick([0, 1, 3, 63, 64, 65, 128, 200, 700]))
        piece.withUnsafeBytes { hash.update($0) }
        rest = rest.dropFirst(piece.count)
      }
      let digest = hash.finish()
      try Violation.unless(
        digest.description == PortableSHA256.hex(bytes), "\(bytes.count) bytes in pieces")
    }
  }
}

/// The standard's padding around the block function in plain C.
enum PortableSHA256 {
  static func hex(_ bytes: [UInt8]) -> String {
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
      0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    var padded = bytes + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: (bytes.count * 8) >> shift))
    }
    csha256_blocks_portable(&state, padded, padded.count / 64)
    return hex(words: state)
  }

  static func hex(words: [UInt32]) -> String {
    words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
