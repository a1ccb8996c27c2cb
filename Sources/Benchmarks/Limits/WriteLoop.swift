/// The limit of durable appends: `write` and `fdatasync`, again and again, on a file opened with
/// `O_APPEND`.
enum WriteLoop {
  /// As it comes: each append makes the file longer, which the sync has to record too.
  static let plain = "write + fdatasync"
  /// With 64 MiB set aside beforehand (`fallocate`, keeping the size).
  static let reserved = "write + fdatasync, space set aside"

  /// - Parameter each: lines a write.
  static func contender(
    _ bench: Bench, reserved: Bool = false, each: Int = 1, unit: Unit = .rate("events")
  ) throws -> Contender {
    let lines = try JournalData.lines(bench)
    let writes = stride(from: 0, to: lines.count - each, by: each).map {
      Array(lines[$0..<$0 + each].joined())
    }
    let file = try PlainFile(
      bench.path("loop-\(Programs.number)-\(each)-\(reserved)"), reserved: reserved ? 64 << 20 : 0)
    var next = 0
    var name = reserved ? Self.reserved : plain
    if each > 1 { name += ", \(each) lines a write" }
    return Contender(name, .limit, unit) {
      try Timing.rate(for: bench.scale.window, each: each) {
        try file.append(writes[next % writes.count])
        try file.sync()
        next += 1
      }
    }
  }
}
