internal import CSHA256

/// SHA-256 of messages that lie in memory as a whole, by the same block function as the engine's
/// and with nothing around it.
struct BareSHA256 {
  private static let start: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private static let digits = Array("0123456789abcdef".utf8)

  private var state = Self.start
  private var tail = [UInt8](repeating: 0, count: 128)
  /// The last digest, in hex digits.
  private(set) var hex = [UInt8](repeating: UInt8(ascii: "0"), count: 64)

  mutating func hash(_ message: UnsafeRawBufferPointer) {
    guard let base = message.baseAddress else { return }
    let whole = message.count / 64
    let rest = message.count % 64
    let padded = rest < 56 ? 64 : 128
    unsafe tail.withUnsafeMutableBytes { tail in
      guard let end = tail.baseAddress else { return }
      unsafe end.initializeMemory(as: UInt8.self, repeating: 0, count: padded)
      unsafe end.copyMemory(from: base + whole * 64, byteCount: rest)
      unsafe end.storeBytes(of: 0x80, toByteOffset: rest, as: UInt8.self)
      let bits = UInt64(message.count) * 8
      unsafe end.storeBytes(of: bits.bigEndian, toByteOffset: padded - 8, as: UInt64.self)
    }
    for index in 0..<8 { state[index] = Self.start[index] }
    unsafe csha256_blocks(&state, base.assumingMemoryBound(to: UInt8.self), whole)
    unsafe csha256_blocks(&state, tail, padded / 64)
  }

  /// Writes the last digest into ``hex``.
  mutating func writeHex() {
    for index in 0..<64 {
      let nibble = state[index / 8] &>> UInt32(28 - index % 8 * 4) & 15
      hex[index] = Self.digits[Int(nibble)]
    }
  }
}
