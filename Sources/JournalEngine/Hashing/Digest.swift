internal import CSHA256

/// A SHA-256 value (FIPS 180-4): 32 bytes, written as 64 lower-case hex digits.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
  package let a: UInt64
  let b: UInt64
  let c: UInt64
  let d: UInt64

  init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  /// What the first line of a journal chains on: 64 zeros.
  public static let zero = Digest(0, 0, 0, 0)

  /// Reads 64 lower-case hex digits; nil for anything else.
  public init?(hex: some StringProtocol) {
    let text = String(hex)
    let digest = unsafe text.utf8.span.withUnsafeBytes { unsafe Digest(hexDigits: $0) }
    guard let digest else { return nil }
    self = digest
  }

  package init?(hexDigits bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 64, let text = bytes.baseAddress else { return nil }
    // Every line has a digest, and C takes several of its words side by side.
    var words = InlineArray<4, UInt64>(repeating: 0)
    var span = words.mutableSpan
    let isHex = unsafe span.withUnsafeMutableBufferPointer { words in
      guard let words = words.baseAddress else { return false }
      return unsafe csha256_read_hex(text.assumingMemoryBound(to: UInt8.self), words) != 0
    }
    guard isHex else { return nil }
    self.init(words[0], words[1], words[2], words[3])
  }

  /// Appends the 64 digits.
  package func write(into bytes: inout [UInt8]) {
    Hex.append(a, to: &bytes)
    Hex.append(b, to: &bytes)
    Hex.append(c, to: &bytes)
    Hex.append(d, to: &bytes)
  }

  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Digest {
  /// The digest of bytes. Cost: one pass.
  public init(of bytes: [UInt8]) {
    self = SHA256.digest(of: bytes)
  }
}
