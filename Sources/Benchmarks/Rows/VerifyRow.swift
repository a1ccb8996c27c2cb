internal import JournalEngine

extension Row {
  static let verify = Row(
    name: "verify",
    summary: "verify a journal: every line and every hash (JournalReader.verify)"
  ) { bench, report in
    let sessions = bench.scale(quick: 200, normal: 500_000)
    let (name, root) = try bench.journal(sessions: sessions, snapshot: false)
    let segments = try bench.segments(of: name, in: root)
    let bytes = try Folder.size(root + "/" + name.text, ending: ".ndjson")
    let unit = Unit.bytesPerSecond
    var reading = PlainRead()
    let reader = JournalReader(name, in: root)
    var contenders = [
      Contender("SHA-256 of the files", .limit, unit) {
        Sample(bytes / (try Timing.seconds { for path in segments { try reading.hash(path) } }))
      },
      Contender("daybook", .ours, unit) {
        Sample(bytes / (try Timing.seconds { keep(try sound(reader)) }))
      },
      Contender("daybook, two journals at once", .ours, unit) {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<2 { group.addTask { keep(try sound(reader)) } }
          try await group.waitForAll()
        }
        return Sample(2 * bytes / (ContinuousClock.now - start).seconds)
      },
    ]
    if let openssl = Programs.tool("openssl") {
      contenders.insert(
        Contender("openssl dgst -sha256", .peer, unit) {
          let ended = try Child(
            [openssl, "dgst", "-sha256"] + segments, output: .dropped
          ).succeed()
          return Sample(bytes / ended.seconds)
        }, at: 1)
    } else {
      report.notes.append("openssl: not on this machine")
    }
    report.add(try await bench.interleave(contenders))
    report.compare("daybook", with: "SHA-256 of the files")
    report.compare("daybook", with: "openssl dgst -sha256", goal: .atLeast(0.8))
    report.compare("daybook, two journals at once", with: "daybook", goal: .atLeast(1.8))
  }

  private static func sound(_ reader: JournalReader) throws -> Int64 {
    let found = try reader.verify()
    guard found.isSound else { throw Options.Wrong(message: "\(reader.name) is not sound") }
    return found.entries
  }
}
