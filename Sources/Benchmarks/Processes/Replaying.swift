internal import Discovery
internal import JournalEngine

/// The task of a process that replays once and ends.
enum Replaying {
  static func run(_ name: JournalName, in root: String) throws -> [Double] {
    Memory.trim()
    let before = Memory.status().now
    let start = ContinuousClock.now
    let replay = try JournalReader(name, in: root).replay(Profile.self)
    let seconds = (ContinuousClock.now - start).seconds
    let peak = Memory.status().peak
    Memory.trim()
    let state = Memory.status().now - before
    withExtendedLifetime(replay) {}
    return [seconds, peak, state]
  }
}
