internal import CSHA256

/// SHA-256 (FIPS 180-4) over bytes that come in pieces.
package struct SHA256 {
  typealias Words = InlineArray<8, UInt32>

  /// The state, and the bytes of a block that is not full yet.
  private var state: Words = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var block = InlineArray<128, UInt8>(repeating: 0)
  private var filled = 0
  private var length: UInt64 = 0

  package init() {}

  /// Adds bytes. Cost: one pass, whole blocks straight from where they lie.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard var next = bytes.baseAddress else { return }
    var rest = bytes.count
    length &+= UInt64(rest)
    if filled > 0 {
      let taken = min(64 - filled, rest)
      unsafe fill(from: next, count: taken)
      unsafe next += taken
      rest -= taken
      guard filled == 64 else { return }
      compressBlock(count: 1)
      filled = 0
    }
    let whole = rest / 64
    if whole > 0 {
      unsafe compress(next.assumingMemoryBound(to: UInt8.self), count: whole)
      unsafe next += whole * 64
      rest -= whole * 64
    }
    unsafe fill(from: next, count: rest)
  }

  /// The digest of all that was added. The value is used up.
  package consuming func finish() -> Digest {
    let padded = filled < 56 ? 64 : 128
    block[filled] = 0x80
    for index in filled + 1..<padded { block[index] = 0 }
    let bits = length &* 8
    for index in 0..<8 {
      block[padded - 1 - index] = UInt8(truncatingIfNeeded: bits &>> UInt64(index * 8))
    }
    compressBlock(count: padded / 64)
    func word(_ index: Int) -> UInt64 { UInt64(state[index]) &<< 32 | UInt64(state[index + 1]) }
    return Digest(word(0), word(2), word(4), word(6))
  }

  private mutating func fill(from bytes: UnsafeRawPointer, count: Int) {
    for index in 0..<count {
      block[filled + index] = unsafe bytes.load(fromByteOffset: index, as: UInt8.self)
    }
    filled += count
  }

  // C takes pointers; both stay inside the call.
  private mutating func compress(_ bytes: UnsafePointer<UInt8>, count: Int) {
    var span = state.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { words in
      guard let words = words.baseAddress else { return }
      unsafe csha256_blocks(words, bytes, count)
    }
  }

  private mutating func compressBlock(count: Int) {
    let copy = block
    unsafe copy.span.withUnsafeBufferPointer { bytes in
      guard let bytes = bytes.baseAddress else { return }
      unsafe compress(bytes, count: count)
    }
  }
}
