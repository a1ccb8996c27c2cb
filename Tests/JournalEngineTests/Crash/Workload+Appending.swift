import JournalEngine
import JournalTestSupport

extension Workload {
  /// One writer that appends.
  static let appending = [
    Workload("the first append") { run, _ in
      try run.open().append("a")
    },
    Workload("several appends") { run, _ in
      let writer = try run.open()
      for tag in ["a", "b", "c", "d"] { try writer.append(tag) }
    },
    Workload("group commit") { run, _ in
      let writer = try run.open()
      try writer.commit([.init(["a"]), .init(nil), .init(["b1", "b2"]), .init(["c"])])
      try writer.commit([.init(nil), .init(["d"], "d"), .init(["e"]), .init(nil)])
    },
    Workload("an atomic group") { run, _ in
      let writer = try run.open()
      try writer.append("a")
      try writer.append("b1", "b2", "b3")
      try writer.append("c1", "c2")
    },
    Workload("idempotency keys") { run, _ in
      let writer = try run.open()
      try writer.append("a", id: "a")
      try writer.append("a", id: "a")
      try writer.commit([.init(["b"], "b"), .init(["b"], "b"), .init(["c1", "c2"], "c")])
      try writer.append("c1", "c2", id: "c")
    },
    Workload("a write that is cut short", variants: 8) { run, variant in
      let process = run.process()
      let writer = try run.open(process)
      try writer.append("a")
      process.fail(.append, .short([0, 1, 17, 60, 200, 201, 202, 230][variant]))
      try writer.append("b", "c")
      try writer.append("d")
    },
  ]
}
