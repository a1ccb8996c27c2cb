import Glibc

/// The lines that come out of a descriptor, as they come.
struct Lines {
  private let descriptor: Int32
  private var rest: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its newline; nil at the end.
  mutating func next() -> String? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeFirst(newline + 1) }
        return String(decoding: rest[..<newline], as: UTF8.self)
      }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      rest += buffer[..<count]
    }
  }

  /// The next so many lines.
  mutating func next(_ count: Int) -> [String] {
    (0..<count).compactMap { _ in next() }
  }
}
