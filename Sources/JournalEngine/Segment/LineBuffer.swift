internal import Glibc

/// The bytes that a reader looks at: raw memory, so that the scanner's loops have no bounds check,
/// kept from one read to the next, so that fresh pages are touched once only.
@safe package final class LineBuffer {
  private var memory: UnsafeMutableRawBufferPointer
  /// The lines that were found last.
  let lines = MessageBatch()

  /// Holds a line of the longest size and a bit, so a line that does not fit is too long.
  static let largest = LineFormat.longestLine + 1024

  package init(capacity: Int = 64 << 10) {
    unsafe memory = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { unsafe memory.deallocate() }

  var capacity: Int { unsafe memory.count }

  func free(from filled: Int) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
  }

  private func bytes(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: memory[start..<end])
  }

  func newline(from start: Int, to end: Int) -> Int? {
    guard start < end, let base = unsafe memory.baseAddress,
      let found = unsafe memchr(base + start, 10, end - start)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Finds lines that end in a newline, and puts them into ``lines``.
  ///
  /// - Parameters:
  ///   - start: where the first one begins.
  ///   - searched: where the search for its end goes on.
  ///   - filled: where the bytes end.
  func findLines(from start: Int, searchedTo searched: Int, to filled: Int, most: Int) {
    lines.removeAll()
    var start = start
    var searched = searched
    while lines.count < most, let newline = newline(from: searched, to: filled) {
      unsafe lines.add(bytes(start, newline))
      start = newline + 1
      searched = start
    }
  }

  func moveDown(_ start: Int, _ end: Int) {
    guard start > 0, start < end, let base = unsafe memory.baseAddress else { return }
    unsafe memmove(base, base + start, end - start)
  }

  /// Makes room for so many bytes, or for one large read. What it holds is lost.
  func makeRoom(_ count: Int64) {
    let wanted = count > 16 << 10 ? 64 << 10 : 16 << 10
    if capacity < wanted { replace(by: wanted, keeping: 0) }
  }

  func grow(keeping filled: Int) {
    replace(by: min(max(capacity * 4, 64), Self.largest), keeping: filled)
  }

  private func replace(by size: Int, keeping filled: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<filled]))
    unsafe memory.deallocate()
    unsafe memory = larger
  }
}
