/// One page of a table whose check holds.
struct TablePage: Sendable {
  private let bytes: [UInt8]

  init?(_ bytes: [UInt8]) {
    guard bytes.count == TableLayout.pageSize else { return nil }
    self.bytes = bytes
    guard word(at: TableLayout.payload) == TableLayout.check(bytes[..<TableLayout.payload]) else {
      return nil
    }
  }

  var payload: ArraySlice<UInt8> { bytes[..<TableLayout.payload] }

  func number(at offset: Int) -> Int64 { Int64(bitPattern: word(at: offset)) }

  func key(at offset: Int) -> TableKey {
    TableKey(
      hash: word(at: offset), row: UInt32(truncatingIfNeeded: word(at: offset + 4)))
  }

  func row(at offset: Int) -> TableRow {
    TableRow(
      span: EntrySpan(
        first: LineStart(
          seq: number(at: offset), segment: number(at: offset + 8),
          offset: number(at: offset + 16)),
        last: number(at: offset + 24), check: word(at: offset + 32)),
      label: bytes[offset + 40])
  }

  private func word(at offset: Int) -> UInt64 {
    unsafe bytes.withUnsafeBytes { bytes in
      UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }
}
