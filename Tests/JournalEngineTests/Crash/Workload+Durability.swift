import JournalEngine
import JournalTestSupport

extension Workload {
  /// Writers that do not make every append durable, and those who rest on what these wrote.
  static let durability = [
    Workload("appends that wait for a sync") { run, _ in
      let writer = try run.open(nil, .none)
      try writer.append("a")
      try writer.append("b1", "b2")
      try writer.sync()
      try writer.append("c")
      try writer.append("d")
      try writer.sync()
    },
    Workload("syncs at intervals") { run, _ in
      let writer = try run.open(nil, .interval(.seconds(2)))
      try writer.append("a")
      run.clock.advance(by: .seconds(2))
      try writer.append("b", isDurable: true)
      try writer.append("c")
      run.clock.advance(by: .seconds(2))
      try writer.append("d", isDurable: true)
    },
    Workload("answers that rest on what was not durable") { run, _ in
      let lazy = try run.open(nil, .none)
      let writer = try run.open()
      try lazy.append("a", id: "a")
      try writer.commit([.init(nil)])
      try lazy.append("b", id: "b")
      try writer.append("b", id: "b")
      try lazy.append("c")
      try run.open().append("d")
    },
  ]
}
