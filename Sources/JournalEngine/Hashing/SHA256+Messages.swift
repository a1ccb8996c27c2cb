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
}
