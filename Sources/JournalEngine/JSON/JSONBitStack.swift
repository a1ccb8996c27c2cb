/// A stack of bits: which of the open brackets are objects.
///
/// Up to 64 levels live in one word, so the usual shallow value allocates nothing; deeper ones
/// cost a bit per level.
struct JSONBitStack {
  private(set) var depth = 0
  private var word: UInt64 = 0
  /// Full words, each of 64 levels further out.
  private var full: [UInt64] = []

  /// The innermost bit; false on an empty stack.
  @inline(__always)
  var top: Bool { word & 1 != 0 }

  @inline(__always)
  mutating func push(_ bit: Bool) {
    if depth & 63 == 0, depth > 0 { spill() }
    word = word &<< 1 | (bit ? 1 : 0)
    depth &+= 1
  }

  @inline(__always)
  mutating func pop() {
    word &>>= 1
    depth &-= 1
    if depth & 63 == 0, depth > 0 { refill() }
  }

  @inline(never)
  private mutating func spill() {
    full.append(word)
    word = 0
  }

  @inline(never)
  private mutating func refill() {
    word = full.popLast() ?? 0
  }
}
