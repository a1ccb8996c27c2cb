import JournalEngine
import JournalTestSupport

extension Workload {
  /// Journals in which something that was vouched for was altered.
  static let repairing = [
    Workload("a repair", variants: 4) { run, variant in
      try damage(run)
      try run.repair()
      let writer = try run.open()
      try writer.append("f")
      if variant % 2 == 0 { try run.open().append("g", "h") }
      if variant > 1 { try writer.compact() }
    },
    Workload("a repair that is killed, and the next one", variants: 16) { run, variant in
      try damage(run)
      let process = run.process()
      kill(process, after: variant)
      do { try run.repair(process) } catch is JournalError {}
      try run.repair()
      try run.open().append("f")
    },
  ]

  /// Puts a journal there in which an entry was altered that later ones vouch for.
  private static func damage(_ run: CrashRun) throws {
    let before = try run.onAnotherDisk(seed: 5)
    let writer = try before.open()
    for tag in ["a", "b", "c", "d", "e"] { try writer.append(tag) }
    run.follow(before)
    let path = before.root + "/" + before.name.text + "/" + SegmentName.file(firstSeq: 1)
    guard var bytes = before.disk.bytes(of: path) else { throw Violation("nothing was written") }
    let tag = Array(#""subject":"c""#.utf8)
    guard let place = bytes.firstRange(of: tag) else { throw Violation("there is no c") }
    bytes[place.upperBound - 2] = UInt8(ascii: "X")
    run.disk.put(bytes, at: path)
    run.isDamaged = true
  }
}
