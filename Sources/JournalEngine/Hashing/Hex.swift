/// Sixteen lower-case hex digits to a 64-bit word, and back.
package enum Hex {
  package static func word(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64? {
    guard start >= 0, start + 16 <= bytes.count else { return nil }
    var word: UInt64 = 0
    for index in start..<start + 16 {
      let byte = unsafe bytes[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- UInt8(ascii: "a") &+ 10
      default: return nil
      }
      word = word &<< 4 | UInt64(digit)
    }
    return word
  }

  package static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: word &>> shift & 15)
      bytes.append(digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "a") &+ digit &- 10)
    }
  }

  package static func text(_ word: UInt64) -> String {
    var bytes: [UInt8] = []
    append(word, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
