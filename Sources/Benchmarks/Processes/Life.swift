internal import Discovery
internal import JournalEngine

/// The task of a process that records a journal's whole life, with the default snapshots.
enum Life {
  static func run(
    _ name: JournalName, in root: String, sessions: Int, seed: UInt64
  ) throws -> [Double] {
    let options = WriteOptions(durability: .none)
    let writer = try JournalWriter<Profile>(name, in: root, options: options)
    var events = SessionEvents(seed: seed)
    let before = written()
    let seconds = try Timing.seconds {
      for _ in 0..<sessions {
        let pair = events.next()
        try writer.decide(by: "bench") { _ in pair }
      }
    }
    let after = written()
    try writer.close()
    let journal = try Folder.size(root + "/" + name.text, ending: ".ndjson")
    return [after - before, journal, Double(sessions * 2) / seconds]
  }

  private static func written() -> Double {
    let text = TextFile.read("/proc/self/io") ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix("wchar: ") {
      return Double(line.dropFirst(7)) ?? 0
    }
    return 0
  }
}
