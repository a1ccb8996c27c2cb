import Discovery
import JournalEngine

/// One look at the journal after the other: its head never goes back, nothing is damaged, and the
/// state that a snapshot begins is the one that all entries give.
struct Reading {
  private let reader: JournalReader
  private var random: SeededGenerator
  private var newest = Head.none

  init(root: String, profile: JournalName, random: SeededGenerator) {
    reader = JournalReader(profile, in: root)
    self.random = random
  }

  mutating func step() throws {
    do {
      let status = try look { try reader.state(Profile.self) }
      guard status.head.seq >= newest.seq else {
        return Report.broken("the head went back from \(newest) to \(status.head)")
      }
      newest = status.head
      try compare(status, at: newest.seq)
      let earlier = Int64.random(in: 1...max(1, newest.seq), using: &random)
      try compare(look { try reader.state(Profile.self, at: .seq(earlier)) }, at: earlier)
      if random.chance(20) { try count() }
      Report.seen(newest)
    } catch let error as JournalError where error.code == .pruned {
      // What was asked for was dropped: so it is for everybody.
    } catch let error as JournalError where error.code == .notFound && newest.seq == 0 {
      // Nobody has written yet.
    }
  }

  private func compare(_ state: Replay<Profile>, at seq: Int64) throws {
    let replay = try look { try reader.replay(Profile.self, until: .seq(seq)) }
    let (expected, found) = (try replay.state.digest, try state.state.digest)
    if state.head != replay.head || found != expected {
      Report.broken(
        "at \(seq) a replay gives \(replay.head) \(expected), and what begins with the snapshot "
          + "of \(state.start.seq) \(state.head) \(found)")
    }
  }

  private func look(_ body: () throws -> Replay<Profile>) throws -> Replay<Profile> {
    let found = try body()
    if let damage = found.damage { Report.broken("\(damage.error)") }
    for warning in found.warnings { Report.broken("\(warning)") }
    return found
  }

  /// Reads all lines, each in its place.
  private func count() throws {
    var last: Head?
    let damage = try reader.forEach { entry in
      if let last, entry.seq != last.seq + 1 || entry.prev != last.hash {
        Report.broken("entry \(entry.seq) follows \(last)")
      }
      last = Head(seq: entry.seq, hash: entry.hash)
      return true
    }
    if let damage { Report.broken("\(damage.error)") }
    if let last, last.seq < newest.seq { Report.broken("\(newest) is gone, \(last) is the last") }
  }
}
