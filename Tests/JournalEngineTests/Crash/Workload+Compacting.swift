import JournalEngine
import JournalTestSupport

extension Workload {
  private static let short = WriteOptions(segmentLimit: 500, snapshots: .never)

  /// Snapshots, and the dropping of what they cover.
  static let compacting = [
    Workload("a snapshot") { run, _ in
      let writer = try run.open()
      try writer.append("a")
      try writer.compact()
      try writer.append("b")
      try writer.compact()
      try writer.compact()
      try writer.append("c")
      try writer.compact()
    },
    Workload("snapshots of what was not durable", variants: 2, options: short) { run, variant in
      let lazy = try run.open(nil, .none)
      for tag in ["a", "b", "c"] { try lazy.append(tag) }
      try lazy.compact()
      for tag in ["d", "e"] { try lazy.append(tag) }
      try (variant == 0 ? lazy : run.open()).compact(pruneBefore: 5)
      try lazy.append("f")
    },
    Workload("pruning", options: short) { run, _ in
      let writer = try run.open()
      for tag in ["a", "b", "c", "d", "e"] { try writer.append(tag, id: tag) }
      try writer.compact(pruneBefore: 6)
      try writer.append("f")
      try run.open().compact(pruneBefore: 9)
      try writer.append("g")
    },
    Workload("snapshots that are made by themselves, and pruning", options: chatty) { run, _ in
      let writer = try run.open()
      for tag in ["a", "b", "c", "d"] { try writer.append(tag) }
      try writer.compact(pruneBefore: 5)
      for tag in ["e", "f", "g"] { try writer.append(tag) }
    },
    Workload("a compactor that is killed, and the next one", variants: 40, options: short) {
      run, variant in
      let writer = try run.open()
      for tag in ["a", "b", "c", "d"] { try writer.append(tag) }
      let process = run.process()
      let compactor = try run.open(process)
      kill(process, after: 2 * variant)
      do { try compactor.compact(pruneBefore: 6) } catch is JournalError {}
      try writer.append("e")
      try writer.compact(pruneBefore: variant % 2 == 0 ? 6 : nil)
      try writer.append("f")
    },
    Workload("pruning on snapshots whose makers were killed", options: long) { run, _ in
      let writer = try run.open()
      let processes = [run.process(), run.process()]
      let compactors = try processes.map { try run.open($0) }
      // All of them are in the second segment before the first snapshot is made: whoever opens a
      // segment makes all names durable.
      for tag in ["a", "b", "c", "d", "e"] { try writer.append(tag) }
      for compactor in compactors {
        try compactor.refresh()
        try compactor.sync()
      }
      for (process, compactor) in zip(processes, compactors) {
        try compactor.refresh()
        var isDead = false
        // Right after the snapshot has its name, and before that is durable.
        process.chooseFault = { operation in
          if operation.kind == .syncNames { isDead = true }
          return isDead ? .error(.planned(.io)) : nil
        }
        do { try compactor.compact() } catch is JournalError {}
        try writer.append(process === processes[0] ? "f" : "g")
      }
      try writer.compact(pruneBefore: 6)
      try writer.append("h")
    },
    Workload("two compactors, one within a call of the other", variants: 24, options: short) {
      run, variant in
      let writer = try run.open()
      for tag in ["a", "b", "c", "d"] { try writer.append(tag) }
      let process = run.process()
      let compactor = try run.open(process)
      var calls = 0
      process.onOperation = { _ in
        calls += 1
        guard calls == 3 * variant else { return }
        run.attempt {
          try writer.append("e")
          try writer.compact(pruneBefore: 6)
        }
      }
      try compactor.compact(pruneBefore: 6)
      try compactor.append("f")
    },
  ]

  private static let long = WriteOptions(segmentLimit: 800, snapshots: .never)
  private static let chatty = WriteOptions(segmentLimit: 500, snapshots: .every(2))
}
