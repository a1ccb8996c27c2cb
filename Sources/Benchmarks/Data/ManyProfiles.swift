internal import Discovery
internal import JournalEngine

/// A root with many profiles of five sessions each. It grows when a row asks for more.
///
/// The engine syncs every new journal and the folders above it, which takes the time of the disk
/// that another row measures. So they are written in memory, a few at a time, and moved over.
enum ManyProfiles {
  static func name(_ index: Int) -> String { "profile-\(index)" }

  static func make(_ bench: Bench, _ count: Int) throws -> String {
    let root = try bench.folder("profiles")
    let there = try Folder.names(root).count
    guard there < count else { return root }
    Output.complain("  making \(count - there) profiles")
    let making = Scratch.memory(for: bench.scratch) ?? bench.path("making")
    var events = SessionEvents(seed: bench.options.seed &+ UInt64(there))
    var next = there
    while next < count {
      let batch = next..<min(next + 500, count)
      try Folder.make(making)
      defer { Folder.remove(making) }
      for index in batch {
        let sessions = events.next(5)
        let writer = try JournalWriter<Profile>(
          JournalName(name(index)), in: making,
          options: WriteOptions(durability: .none, snapshots: .never))
        try writer.decide(by: "bench") { _ in sessions }
        try writer.close()
      }
      let moved = batch.map { making + "/" + name($0) }
      _ = try Child(["mv", "-t", root, "--"] + moved, output: .dropped).succeed()
      next = batch.upperBound
    }
    return root
  }
}
