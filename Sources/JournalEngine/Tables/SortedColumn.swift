/// Fields that stand in order and are read one by one, each read being dear.
package struct SortedColumn<Field> {
  package let count: Int
  private let read: (Int) throws(JournalError) -> Field

  package init(count: Int, read: @escaping (Int) throws(JournalError) -> Field) {
    self.count = count
    self.read = read
  }

  package subscript(_ index: Int) -> Field {
    get throws(JournalError) { try read(index) }
  }

  /// The first field in a range that is not `below`.
  func lowerBound(
    in range: Range<Int>, _ below: (Field) -> Bool
  ) throws(JournalError) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if below(try self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The same where the fields are spread evenly over all 64-bit words: hashes are, so that the
  /// place can be guessed within a few pages.
  package func lowerBound(near hash: UInt64, _ below: (Field) -> Bool) throws(JournalError) -> Int {
    guard count > 0 else { return 0 }
    let guess = Int(hash.multipliedFullWidth(by: UInt64(count)).high)
    var step = 64
    var (low, high) = (guess, guess)
    while low > 0, try !below(self[low]) {
      high = low
      low = max(0, low - step)
      step *= 4
    }
    step = 64
    while high < count, try below(self[high]) {
      low = high
      high = min(count, high + step)
      step *= 4
    }
    return try lowerBound(in: low..<high, below)
  }
}
