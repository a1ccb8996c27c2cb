/// The decimal digits of a whole number from zero on, as ASCII.
struct DecimalDigits {
  private var digits = InlineArray<20, UInt8>(repeating: 0)
  private var first = 20

  /// - Parameter number: is taken for 0 where it is less.
  @inline(__always)
  init(_ number: Int64) {
    var rest = UInt64(max(0, number))
    repeat {
      first -= 1
      digits[first] = JSONByte.zero &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }

  @inline(__always)
  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    unsafe digits.span.withUnsafeBytes { bytes in
      unsafe body(UnsafeRawBufferPointer(rebasing: bytes[first...]))
    }
  }
}
