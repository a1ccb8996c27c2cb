import JournalEngine
import JournalTestSupport

extension Workload {
  /// What will not change again leaves the snapshots for tables, which are merged.
  static let settling = [
    Workload("tables, and their merging", options: tables) { run, _ in
      let writer = try run.open()
      for tag in ["a", "b", "c", "d", "e"] {
        try writer.append(tag, tag + "'")
        try writer.compact()
      }
      try run.open().append("f")
    },
    Workload("a compactor that is killed among tables", variants: 40, options: tables) {
      run, variant in
      let writer = try run.open()
      for tag in ["a", "b"] {
        try writer.append(tag)
        try writer.compact()
      }
      let process = run.process()
      let compactor = try run.open(process)
      try writer.append("c1", "c2")
      kill(process, after: 2 * variant)
      do { try compactor.compact() } catch is JournalError {}
      try writer.append("d")
      try writer.compact()
    },
    Workload("two compactors among tables", variants: 24, options: tables) { run, variant in
      let writer = try run.open()
      for tag in ["a", "b"] {
        try writer.append(tag)
        try writer.compact()
      }
      let process = run.process()
      let compactor = try run.open(process)
      try writer.append("c")
      var calls = 0
      process.onOperation = { _ in
        calls += 1
        guard calls == 3 * variant else { return }
        run.attempt {
          try writer.append("d")
          try writer.compact()
        }
      }
      try compactor.compact()
      try compactor.append("e")
    },
  ]

  /// Soon written, and often merged.
  private static let tables = {
    var options = WriteOptions(snapshots: .never)
    options.tableTiers.smallest = 1
    options.tableTiers.run = 2
    options.tableTiers.large = 4
    return options
  }()

  /// The same with such tables.
  var withTables: Workload {
    var workload = self
    workload.description += ", with tables"
    workload.options.tableTiers = Self.tables.tableTiers
    return workload
  }
}
