internal import CLinux

extension [UInt8] {
  /// Where the rest stands of each line that begins with a text, without its newline.
  ///
  /// Cost: one pass, as fast as memory where the text is rare.
  package func lines(beginningWith text: String) -> [Range<Int>] {
    let newline = UInt8(ascii: "\n")
    let wanted = [newline] + Array(text.utf8)
    var found: [Range<Int>] = []
    func take(_ start: Int) {
      let end = self[start...].firstIndex(of: newline) ?? count
      found.append(start..<end)
    }
    if starts(with: wanted.dropFirst()) { take(wanted.count - 1) }
    var from = 0
    while let place = place(of: wanted, from: from) {
      take(place + wanted.count)
      from = place + wanted.count
    }
    return found
  }

  private func place(of wanted: [UInt8], from start: Int) -> Int? {
    let place = unsafe withUnsafeBytes { bytes in
      unsafe wanted.withUnsafeBytes { wanted in
        guard let base = bytes.baseAddress, let text = wanted.baseAddress else { return -1 }
        let rest = unsafe clinux_find(base + start, bytes.count - start, text, wanted.count)
        return Int(rest)
      }
    }
    return place < 0 ? nil : start + place
  }
}
