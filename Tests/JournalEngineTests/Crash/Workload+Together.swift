import JournalEngine
import JournalTestSupport

extension Workload {
  /// Several writers on one disk, each in the other's way.
  static let together = [
    Workload("two writers, one of them within a call of the other", variants: 24) { run, variant in
      let process = run.process()
      var calls = 0
      let other = variant % 2 == 0 ? try run.open() : nil
      process.onOperation = { _ in
        calls += 1
        guard calls == 4 + variant / 2 * 2 else { return }
        run.attempt { try (other ?? run.open()).append("a") }
      }
      let writer = try run.open(process)
      try writer.append("a")
      try writer.append("b1", "b2")
      try writer.append("c")
    },
    Workload("group commit, another writer within a call of it", variants: 8) { run, variant in
      let process = run.process()
      let other = try run.open()
      try other.append("z")
      let writer = try run.open(process)
      var calls = 0
      process.onOperation = { _ in
        calls += 1
        if calls == 1 + variant { run.attempt { try other.append("x") } }
      }
      try writer.commit([.init(["a"]), .init(nil), .init(["b1", "b2"]), .init(nil)])
      try writer.commit([.init(["c"], "c"), .init(["c"], "c"), .init(nil)])
    },
    Workload("writers that meet by chance", variants: 12) { run, variant in
      var random = SeededGenerator(seed: UInt64(variant))
      let policies: [Durability] = [.everyAppend, .none, .everyAppend]
      let processes = policies.map { _ in run.process() }
      var writers: [CrashWriter] = []
      for (process, policy) in zip(processes, policies) {
        writers.append(try run.open(process, policy))
      }
      var number = 0
      func act(_ index: Int) {
        number += 1
        let tag = "\(number)"
        let isGroup = random.once(in: 3)
        run.attempt {
          if isGroup {
            try writers[index].append(tag, tag + "'")
          } else {
            try writers[index].append(tag)
          }
        }
      }
      for (index, process) in processes.enumerated() {
        process.onOperation = { _ in
          guard number < 9, index < 2, random.once(in: 6) else { return }
          act(random.below(2 - index) + index + 1)
        }
      }
      while number < 6 { act(random.below(3)) }
      for process in processes { process.onOperation = nil }
    },
  ]
}
