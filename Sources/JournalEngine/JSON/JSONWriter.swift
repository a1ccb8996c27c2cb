internal import Glibc

/// Writes JSON text into memory that was measured beforehand, without looking at its end for each
/// piece as an array does.
///
/// It writes texts as they are: one that has to be escaped, or for which there is no room, makes all
/// of it worthless.
@safe package struct JSONWriter: ~Copyable {
  // Lent for the call that makes the array; nothing at or behind `end` is written.
  private let base: UnsafeMutableRawPointer
  private let end: Int
  /// How many bytes were written.
  package private(set) var count = 0
  private var isWorthless = false

  private init(_ base: UnsafeMutableRawPointer, end: Int) {
    unsafe self.base = base
    self.end = end
  }

  /// The text that a closure writes, or nil where a string has to be escaped or it needs more room.
  package static func text(
    capacity: Int, _ body: (inout JSONWriter) -> Void
  ) -> [UInt8]? {
    // Small ones on the stack, and copied when it is known how long they are.
    unsafe withUnsafeTemporaryAllocation(byteCount: max(1, capacity), alignment: 8) { memory in
      guard let base = memory.baseAddress else { return nil }
      var writer = unsafe JSONWriter(base, end: memory.count)
      body(&writer)
      guard !writer.isWorthless else { return nil }
      return unsafe [UInt8](UnsafeRawBufferPointer(rebasing: memory[..<writer.count]))
    }
  }

  package mutating func put(_ text: StaticString) {
    unsafe put(UnsafeRawPointer(text.utf8Start), text.utf8CodeUnitCount)
  }

  /// A text in quotes.
  package mutating func put(string text: String) {
    unsafe text.utf8.span.withUnsafeBytes { bytes in
      guard end - count >= bytes.count + 2, unsafe JSONText.standsAsItIs(bytes) else {
        isWorthless = true
        return
      }
      unsafe base.storeBytes(of: JSONByte.quote, toByteOffset: count, as: UInt8.self)
      count += 1
      if let start = bytes.baseAddress { unsafe put(start, bytes.count) }
      unsafe base.storeBytes(of: JSONByte.quote, toByteOffset: count, as: UInt8.self)
      count += 1
    }
  }

  /// A whole number from zero on.
  package mutating func put(_ number: Int64) {
    unsafe DecimalDigits(number).withBytes { digits in
      if let start = digits.baseAddress { unsafe put(start, digits.count) }
    }
  }

  private mutating func put(_ start: UnsafeRawPointer, _ length: Int) {
    guard end - count >= length else {
      isWorthless = true
      return
    }
    unsafe memcpy(base + count, start, length)
    count += length
  }
}
