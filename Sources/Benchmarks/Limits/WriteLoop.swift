/// The limit of durable appends: `write` and `fdatasync`, again and again.
enum WriteLoop {
  static let plain = name(.end)
  static let reserved = name(.reserved)
  /// What no file that only grows can do: for comparison with those that reuse their space.
  static let overwriting = name(.written)

  /// - Parameter each: lines a write.
  static func contender(
    _ bench: Bench, _ room: PlainFile.Room = .end, each: Int = 1, unit: Unit = .rate("events")
  ) throws -> Contender {
    let lines = try JournalData.lines(bench)
    let writes = stride(from: 0, to: lines.count - each, by: each).map {
      Array(lines[$0..<$0 + each].joined())
    }
    let file = try PlainFile(bench.path("loop-\(Programs.number)-\(each)-\(room)"), room)
    var next = 0
    return Contender(name(room, each), .limit, unit) {
      try Timing.rate(for: bench.scale.window, each: each) {
        let bytes = writes[next % writes.count]
        file.rewind(for: bytes)
        try file.write(bytes)
        try file.sync()
        next += 1
      }
    }
  }

  private static func name(_ room: PlainFile.Room, _ each: Int = 1) -> String {
    let loop = "write + fdatasync"
    return switch room {
    case .end: each > 1 ? "\(loop), \(each) lines a write" : loop
    case .reserved: "\(loop), space set aside"
    case .written: "\(loop), over bytes that are there"
    }
  }
}
