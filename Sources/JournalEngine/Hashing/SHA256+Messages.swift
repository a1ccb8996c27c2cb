internal import CSHA256

/// Digests of messages that lie in memory as a whole.
extension SHA256 {
  /// Cost: one pass over the bytes.
  package static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
    var words = Words(repeating: 0)
    var span = words.mutableSpan
    // C takes pointers; they stay inside the call.
    unsafe span.withUnsafeMutableBufferPointer { words in
      guard let words = words.baseAddress else { return }
      unsafe csha256_digest(bytes.octets, bytes.count, words)
    }
    return Digest(words)
  }

  package static func digest(of bytes: [UInt8]) -> Digest {
    unsafe bytes.withUnsafeBytes { unsafe digest(of: $0) }
  }

  /// The digests of two messages.
  ///
  /// Cost: with the processor's instructions, less than two times ``digest(of:)``.
  package static func digests(
    of first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
  ) -> (Digest, Digest) {
    var words = InlineArray<16, UInt32>(repeating: 0)
    var span = words.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { words in
      guard let words = words.baseAddress else { return }
      unsafe csha256_digest_pair(
        first.octets, first.count, second.octets, second.count, words, words + 8)
    }
    return (Digest(words, from: 0), Digest(words, from: 8))
  }
}

extension UnsafeRawBufferPointer {
  /// Where the bytes begin, for C; nil where there are none.
  fileprivate var octets: UnsafePointer<UInt8>? {
    unsafe baseAddress?.assumingMemoryBound(to: UInt8.self)
  }
}

extension Digest {
  fileprivate init(_ words: SHA256.Words) {
    func pair(_ index: Int) -> UInt64 { UInt64(words[index]) &<< 32 | UInt64(words[index + 1]) }
    self.init(pair(0), pair(2), pair(4), pair(6))
  }

  fileprivate init(_ words: InlineArray<16, UInt32>, from start: Int) {
    func pair(_ index: Int) -> UInt64 {
      UInt64(words[start + index]) &<< 32 | UInt64(words[start + index + 1])
    }
    self.init(pair(0), pair(2), pair(4), pair(6))
  }
}
