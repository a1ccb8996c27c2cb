internal import Glibc

/// The bytes of lines that are being written: raw memory that grows, as large texts are put together
/// of many small ones, and an array would check its room and its owner for each of them.
@safe struct LineBytes: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(capacity: Int) {
    unsafe memory = .allocate(byteCount: max(64, capacity), alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// What stands in a part of it.
  func withBytes<R>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    unsafe body(UnsafeRawBufferPointer(rebasing: memory[range]))
  }

  /// A copy of all of it.
  var array: [UInt8] { unsafe [UInt8](memory[..<count]) }

  mutating func put(_ byte: UInt8) {
    reserve(1)
    unsafe memory[count] = byte
    count += 1
  }

  mutating func put(_ text: StaticString) {
    unsafe put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func put(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe put($0) }
  }

  mutating func put<let count: Int>(_ bytes: InlineArray<count, UInt8>) {
    unsafe bytes.span.withUnsafeBytes { unsafe put($0) }
  }

  /// A whole number from zero on.
  mutating func put(_ number: Int64) {
    unsafe DecimalDigits(number).withBytes { unsafe put($0) }
  }

  /// The 64 hex digits of a hash.
  mutating func put(_ digest: Digest) {
    put(hex: digest.a)
    put(hex: digest.b)
    put(hex: digest.c)
    put(hex: digest.d)
  }

  /// Sixteen hex digits.
  mutating func put(hex word: UInt64) {
    reserve(16)
    let (high, low) = Hex.digits(of: word)
    unsafe memory.storeBytes(of: high, toByteOffset: count, as: UInt64.self)
    unsafe memory.storeBytes(of: low, toByteOffset: count + 8, as: UInt64.self)
    count += 16
  }

  /// A text in quotes, as ``JSONText`` writes it.
  mutating func putString(_ text: String) {
    // By a span: `withUTF8` takes a string of its own, whose storage is counted up and down.
    let isDone = unsafe text.utf8.span.withUnsafeBytes { bytes in
      guard unsafe JSONText.isPlain(bytes) else { return false }
      reserve(bytes.count + 2)
      guard let base = unsafe memory.baseAddress else { return false }
      unsafe base.storeBytes(of: JSONByte.quote, toByteOffset: count, as: UInt8.self)
      if let source = bytes.baseAddress {
        unsafe memcpy(base + count + 1, source, bytes.count)
      }
      count += bytes.count + 2
      unsafe base.storeBytes(of: JSONByte.quote, toByteOffset: count - 1, as: UInt8.self)
      return true
    }
    guard !isDone else { return }
    var escaped: [UInt8] = []
    JSONText.appendString(text, to: &escaped)
    put(escaped)
  }

  private mutating func put(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    let length = bytes.count
    reserve(length)
    guard let base = unsafe memory.baseAddress else { return }
    unsafe memcpy(base + count, source, length)
    count += length
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if unsafe memory.count - count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(memory.count * 2, count + more), alignment: 16)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    unsafe memory.deallocate()
    unsafe memory = larger
  }
}
