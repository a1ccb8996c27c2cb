internal import Discovery
internal import JournalEngine

/// A root with one journal of finished sessions, and the hint that each start left.
enum RootOfOne {
  static func make(
    _ bench: Bench, sessions: Int
  ) throws -> (name: JournalName, root: String) {
    let (name, made) = try bench.journal(sessions: sessions, snapshot: true)
    let root = try bench.folder("root-of-\(sessions)")
    _ = try Child(["mv", "-t", root, "--", made + "/" + name.text], output: .dropped).succeed()
    let index = SessionIndex(root: root)
    for start in stride(from: 1, through: sessions, by: 10_000) {
      let numbers = start..<min(start + 10_000, sessions + 1)
      index.add(numbers.map { SessionEvents.id($0, seed: bench.options.seed) }, in: name)
    }
    return (name, root)
  }
}
