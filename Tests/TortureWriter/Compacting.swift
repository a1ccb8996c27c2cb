import Discovery
import Foundation
import Glibc
import JournalEngine

/// One compaction after the other, half of them with pruning.
///
/// Whoever checks the journal later needs what was dropped: all segments are linked into the folder
/// `ROOT-archive/PROFILE` before any of them can be.
struct Compacting {
  private let root: String
  private let profile: JournalName
  private var random: SeededGenerator

  init(root: String, profile: JournalName, random: SeededGenerator) {
    self.root = root
    self.profile = profile
    self.random = random
  }

  mutating func step() throws {
    let writer = try JournalWriter<Profile>(profile, in: root, options: Work.busy)
    guard writer.head.seq > 0 else { return _ = usleep(1000) }
    var options = CompactionOptions(keep: Int.random(in: 1...3, using: &random))
    if random.chance(50) {
      // What is before the head now stands in segments that are there now.
      let limit = max(1, writer.head.seq - Int64.random(in: 0..<200, using: &random))
      try archive()
      options.pruneBefore = .seq(limit)
    }
    do {
      let done = try writer.compact(options)
      Report.compacted(snapshots: done.snapshot == nil ? 0 : 1)
      try writer.close()
    } catch {
      try Report.refusal(error)
    }
    usleep(UInt32.random(in: 0..<10_000, using: &random))
  }

  private func archive() throws {
    let folder = root + "/" + profile.text
    let archive = root + "-archive/" + profile.text
    try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".ndjson") {
      if link(folder + "/" + name, archive + "/" + name) != 0, errno != EEXIST {
        throw Failed(action: "link \(name)", errno: errno)
      }
    }
  }

  private struct Failed: Error {
    let action: String
    let errno: Int32
  }
}
