internal import JournalTestSupport

/// What can be fuzzed: each takes any bytes, and throws where something that must hold does not.
package enum FuzzTarget: String, CaseIterable, Sendable {
  case json, line, walk, snapshot

  /// - Throws: a `Violation` that says what does not hold.
  package func check(_ bytes: [UInt8]) throws {
    switch self {
    case .json: try JSONChecks.check(bytes)
    case .line: try LineChecks.check(bytes)
    case .walk: try WalkChecks.check(bytes)
    case .snapshot: try SnapshotChecks.check(bytes)
    }
  }
}

/// Lends a copy of the bytes in memory of exactly their size, so that the address sanitizer sees
/// a read of a single byte too many.
func withExactCopy<R>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R
{
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { copy.deallocate() }
  copy.copyBytes(from: bytes)
  return try body(UnsafeRawBufferPointer(copy))
}
