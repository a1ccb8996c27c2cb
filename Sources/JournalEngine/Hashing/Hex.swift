/// Sixteen lower-case hex digits to a 64-bit word, and back.
package enum Hex {
  @inline(__always)
  package static func word(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64? {
    guard start >= 0, start + 16 <= bytes.count else { return nil }
    guard let high = unsafe half(bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
      let low = unsafe half(bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
    else { return nil }
    return high &<< 32 | low
  }

  /// Eight digits at once, as a line has eighty of them: each byte of the word is one.
  @inline(__always)
  private static func half(_ loaded: UInt64) -> UInt64? {
    let text = UInt64(bigEndian: loaded)
    // Letters have bit 6 set, and count nine more than their low four bits.
    let values = (text & (low &* 15)) &+ ((text &>> 6) & low) &* 9
    // Whatever is no digit is spelled otherwise than its value would be.
    let isLetter = ((values &+ low &* 6) &>> 4) & low
    let spelled = values &+ low &* 0x30 &+ isLetter &* 39
    guard values & (low &* 0xF0) == 0, spelled == text else { return nil }
    let bytes = (values | values &>> 4) & 0x00FF_00FF_00FF_00FF
    let pairs = (bytes | bytes &>> 8) & 0x0000_FFFF_0000_FFFF
    return (pairs | pairs &>> 16) & 0xFFFF_FFFF
  }

  /// One in each byte.
  private static var low: UInt64 { 0x0101_0101_0101_0101 }

  package static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    let (high, low) = digits(of: word)
    let digits: InlineArray<2, UInt64> = [high, low]
    unsafe digits.span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// The digits of a word, the first in the lowest byte of memory.
  @inline(__always)
  static func digits(of word: UInt64) -> (UInt64, UInt64) {
    (digits(word &>> 32), digits(word & 0xFFFF_FFFF))
  }

  /// The eight digits of a half, the first in the lowest byte of memory.
  private static func digits(_ half: UInt64) -> UInt64 {
    var values = (half &<< 16 | half) & 0x0000_FFFF_0000_FFFF
    values = (values &<< 8 | values) & 0x00FF_00FF_00FF_00FF
    values = (values &<< 4 | values) & (low &* 15)
    let isLetter = ((values &+ low &* 6) &>> 4) & low
    return (values &+ low &* 0x30 &+ isLetter &* 39).bigEndian
  }

  package static func text(_ word: UInt64) -> String {
    var bytes: [UInt8] = []
    append(word, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
