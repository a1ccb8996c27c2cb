/// A stretch of the index file, between two of its bytes.
struct HintStretch: Hashable {
  let start: Int64
  let end: Int64

  /// Four of one length make one of the length before.
  private static let lengths: [Int64] = [16 << 20, 4 << 20, 1 << 20, 256 << 10, shortest]

  static let shortest: Int64 = 64 << 10

  /// The longest stretches that the first so many bytes are made of, in order. What is behind the
  /// last one is shorter than any.
  static func all(in size: Int64) -> [HintStretch] {
    var stretches: [HintStretch] = []
    var start: Int64 = 0
    for length in lengths {
      while size - start >= length {
        stretches.append(HintStretch(start: start, end: start + length))
        start += length
      }
    }
    return stretches
  }

  func contains(_ offset: Int64) -> Bool { start <= offset && offset < end }

  func contains(_ other: HintStretch) -> Bool { start <= other.start && other.end <= end }
}

extension HintStretch {
  /// What the file of its run is called.
  var file: String { "\(start)-\(end)" }

  /// Reads the name of a run; nil for what none is called.
  init?(file: String) {
    let numbers = file.split(separator: "-").compactMap { Int64($0) }
    guard numbers.count == 2 else { return nil }
    self.init(start: numbers[0], end: numbers[1])
    guard self.file == file else { return nil }
  }
}
