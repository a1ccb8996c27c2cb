/// Fills a table's pages with fields, none of which stands in two (``TableLayout``).
struct TableWriter {
  /// The pages that were filled and not taken yet.
  private(set) var bytes: [UInt8] = []
  /// How much of the last one is.
  private var filled = 0

  /// - Parameter capacity: how many pages are to be kept at once.
  init(_ header: TableHeader, capacity pages: Int) {
    bytes.reserveCapacity(pages * TableLayout.pageSize)
    let text = header.bytes
    bytes += text
    bytes += repeatElement(UInt8(ascii: " "), count: TableLayout.payload - text.count)
    filled = TableLayout.payload
    endColumn()
  }

  mutating func put(_ row: TableRow) {
    begin(TableLayout.rowSize)
    append(row.span.first.seq)
    append(row.span.first.segment)
    append(row.span.first.offset)
    append(row.span.last)
    append(row.span.check)
    append(row.label)
  }

  mutating func put(_ key: TableKey) {
    begin(TableLayout.keySize)
    append(key.hash)
    append(key.row)
  }

  mutating func put(_ measure: Int64) {
    begin(TableLayout.measureSize)
    append(measure)
  }

  /// Ends the page that is being filled: what follows begins with a page of its own.
  mutating func endColumn() {
    guard filled > 0 else { return }
    bytes.append(contentsOf: repeatElement(0, count: TableLayout.payload - filled))
    filled = 0
    append(TableLayout.check(bytes[(bytes.count - TableLayout.payload)...]))
    filled = 0
  }

  /// How many pages are full and were not taken yet.
  var pages: Int { bytes.count / TableLayout.pageSize }

  /// Takes all pages but the one that is being filled.
  mutating func takePages() -> [UInt8] {
    let taken = Array(bytes.dropLast(filled))
    bytes.removeFirst(taken.count)
    return taken
  }

  private mutating func begin(_ size: Int) {
    if filled + size > TableLayout.payload { endColumn() }
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: number.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    filled += number.bitWidth / 8
  }
}
