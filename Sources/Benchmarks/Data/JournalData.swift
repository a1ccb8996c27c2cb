internal import Discovery
internal import JournalEngine

/// Journals that rows work on, written by the engine.
enum JournalData {
  /// Writes finished sessions, a hundred events a call, without waiting for the disk; then makes
  /// them durable.
  ///
  /// - Parameter snapshot: whether snapshots and tables are made, on the way as by any writer, and
  ///   one at the end.
  /// - Parameter keys: whether each session has an idempotency key, and a call of its own.
  static func make(
    _ name: JournalName, in root: String, sessions: Int, seed: UInt64, snapshot: Bool,
    keys: Bool = false
  ) throws {
    let options = WriteOptions(
      durability: .none, snapshots: snapshot ? WriteOptions().snapshots : .never)
    let writer = try JournalWriter<Profile>(name, in: root, options: options)
    var events = SessionEvents(seed: seed)
    var left = sessions
    while left > 0 {
      let batch = events.next(keys ? 1 : min(50, left))
      try writer.decide(by: "bench", id: keys ? "call \(left)" : nil) { _ in batch }
      left -= batch.count / 2
    }
    try writer.sync()
    if snapshot { try writer.compact() }
    try writer.close()
  }

  /// The lines of a small journal with their newlines, for those who write without the engine.
  static func lines(_ bench: Bench) throws -> [[UInt8]] {
    let root = try bench.folder("lines")
    let name = try JournalName("lines-\(Programs.number)")
    let reader = JournalReader(name, in: root)
    if try !reader.exists() {
      try make(name, in: root, sessions: 500, seed: bench.options.seed, snapshot: false)
    }
    var lines: [[UInt8]] = []
    try reader.forEach { entry in
      if !entry.isEngines { lines.append(entry.line + [UInt8(ascii: "\n")]) }
      return true
    }
    return lines
  }
}

extension Bench {
  /// A journal with finished sessions, made once for all rows that ask for the same.
  ///
  /// It is made by another process: this one's memory is measured.
  func journal(
    sessions: Int, snapshot: Bool, keys: Bool = false
  ) throws -> (name: JournalName, root: String) {
    let root = path("journals")
    let name = try JournalName(
      "sessions-\(sessions)\(snapshot ? "-snapshot" : "")\(keys ? "-keys" : "")")
    let reader = JournalReader(name, in: root)
    if try !reader.exists() {
      try make(name, in: root, sessions: sessions, snapshot: snapshot, keys: keys)
    }
    return (name, root)
  }

  /// Makes a journal, in another process.
  func make(
    _ name: JournalName, in root: String, sessions: Int, snapshot: Bool, keys: Bool = false
  ) throws {
    Output.complain("  making a journal of \(sessions * 2) events")
    _ = try ChildTask.make.start(
      root, name.text, "\(sessions)", "\(options.seed)", snapshot ? "snapshot" : "",
      keys ? "keys" : ""
    ).numbers()
  }

  /// The paths of a journal's segments.
  func segments(of name: JournalName, in root: String) throws -> [String] {
    let folder = root + "/" + name.text
    return try Folder.names(folder).filter { $0.hasSuffix(".ndjson") }.map { folder + "/" + $0 }
  }
}
