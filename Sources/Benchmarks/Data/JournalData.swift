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
    try forEachBatch(of: keys ? 1 : 50, sessions: sessions, seed: seed) { batch, left in
      try writer.decide(by: "bench", id: keys ? "call \(left)" : nil) { _ in batch }
    }
    try writer.sync()
    if snapshot { try writer.compact() }
    try writer.close()
  }

  /// Makes the events that ``make(_:in:sessions:seed:snapshot:keys:)`` writes, and drops them.
  ///
  /// - Returns: how many.
  static func events(sessions: Int, seed: UInt64) -> Int {
    var count = 0
    forEachBatch(of: 50, sessions: sessions, seed: seed) { batch, _ in
      keep(batch)
      count += batch.count
    }
    return count
  }

  /// - Parameter body: is given the events of so many sessions, and how many sessions are left with
  ///   these.
  private static func forEachBatch(
    of size: Int, sessions: Int, seed: UInt64, _ body: ([DiscoveryEvent], Int) throws -> Void
  ) rethrows {
    var events = SessionEvents(seed: seed)
    var left = sessions
    while left > 0 {
      let batch = events.next(min(size, left))
      try body(batch, left)
      left -= batch.count / 2
    }
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
