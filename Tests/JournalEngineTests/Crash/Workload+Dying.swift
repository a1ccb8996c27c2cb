import JournalEngine
import JournalTestSupport

extension Workload {
  /// Writers that are killed, and those who find what they left while the machine still runs.
  static let dying = [
    Workload("a writer that is killed, and the next one", variants: 24) { run, variant in
      let before = try run.open()
      if variant % 2 == 0 { try before.append("z") }
      let process = run.process()
      kill(process, after: 2 + variant / 2)
      if let writer = try? run.open(process) {
        do {
          try writer.append("a")
          try writer.append("b1", "b2")
        } catch {}
      }
      let next = try run.open()
      try next.append("c")
      try next.append("d")
    },
    Workload("a writer that is killed within a write", variants: 12) { run, variant in
      let process = run.process()
      let writer = try run.open(process)
      try writer.append("a")
      process.fail(.append, .short(1 + variant * 40))
      process.fail(.append, call: 2, .error(.planned(.io)))
      do { try writer.append("b1", "b2") } catch {}
      kill(process, after: 0)
      let next = try run.open()
      try next.append("c1", "c2")
      try next.append("d")
    },
    Workload("a power failure, and the next one", variants: 12) { run, variant in
      // What another one left is there from the beginning: a hole, and perhaps a cut.
      let before = try run.onAnotherDisk(seed: UInt64(variant))
      let writer = try before.open(nil, .none)
      try writer.append("a")
      try writer.append("b1", "b2")
      try writer.append("c")
      run.follow(before)
      var random = SeededGenerator(seed: UInt64(variant))
      guard let path = before.disk.paths.first, var left = before.disk.bytes(of: path) else {
        throw Violation("nothing was written")
      }
      let hole = random.below(left.count)
      for index in hole..<min(hole + 64, left.count) { left[index] = 0 }
      if variant % 3 == 0 { left.removeLast(random.below(200)) }
      run.disk.put(left, at: path)
      let next = try run.open()
      try next.append("d")
      try next.append("e")
    },
  ]

  /// Nothing that the process does after so many calls is done.
  static func kill(_ process: MemoryFileSystem, after calls: Int) {
    var left = calls
    process.chooseFault = { _ in
      left -= 1
      return left < 0 ? .error(.planned(.io)) : nil
    }
  }
}
