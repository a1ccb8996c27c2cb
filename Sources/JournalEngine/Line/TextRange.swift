/// A place in a line, in bytes from its start. A line is at most 1 MiB, so 32 bits hold it.
package struct TextRange: Sendable, Equatable {
  var lower: Int32 = 0
  var upper: Int32 = 0

  init() {}

  init(_ lower: Int, _ upper: Int) {
    self.lower = Int32(truncatingIfNeeded: lower)
    self.upper = Int32(truncatingIfNeeded: upper)
  }

  package var range: Range<Int> { Int(lower)..<Int(upper) }
}
