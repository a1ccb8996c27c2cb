/// Numbers places of one file by its lines, from the front to the back.
struct LineNumbers {
  private let file: any SegmentFile
  private let buffer = LineBuffer()
  private var offset: Int64 = 0
  private var line: Int64 = 1

  init(_ file: any SegmentFile) {
    self.file = file
  }

  /// The line, counted from 1, that a byte belongs to; a byte of an earlier place cannot be asked
  /// for any more.
  mutating func line(at place: Int64) throws(JournalError) -> Int64 {
    while offset < place {
      let free = unsafe buffer.free(from: 0)
      let wanted = Int(min(Int64(free.count), place - offset))
      let count = unsafe try file.read(
        into: UnsafeMutableRawBufferPointer(rebasing: free[..<wanted]), at: offset)
      guard count > 0 else { break }
      var next = 0
      while let newline = buffer.newline(from: next, to: count) {
        line += 1
        next = newline + 1
      }
      offset += Int64(count)
    }
    return line
  }
}

extension [Finding] {
  /// The same with the numbers of their lines. Only files with findings are read for it, up to the
  /// last one, so a sound journal costs nothing.
  ///
  /// They must stand in the order of the files and places.
  func numbered(in folder: any JournalFolder) throws(JournalError) -> [Finding] {
    var findings = self
    var path: String?
    var numbers: LineNumbers?
    for index in findings.indices {
      let finding = findings[index]
      if finding.file != path {
        path = finding.file
        // What cannot be read is found out elsewhere, and has no lines.
        let file = finding.fileName.flatMap { try? folder.openForReading($0) }
        numbers = file.map(LineNumbers.init)
      }
      findings[index].line = try numbers?.line(at: finding.offset)
    }
    return findings
  }
}

extension Finding {
  fileprivate var fileName: String? { file.split(separator: "/").last.map(String.init) }
}
