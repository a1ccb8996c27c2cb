internal import JournalEngine

extension Row {
  static let open = Row(
    name: "open",
    summary: "daybook status PROFILE in a new process, with a snapshot, by the number of events"
  ) { bench, report in
    let sizes = bench.scale(
      quick: [100, 400], normal: [10_000, 100_000, 1_000_000, 10_000_000])
    var contenders = try Starting.nothing()
    for size in sizes {
      let (name, root) = try bench.journal(sessions: size / 2, snapshot: true)
      contenders.append(
        try Starting.daybook(
          Self.name(size), ["status", name.text, "--journals", root]))
    }
    let keyed = bench.scale(quick: 400, normal: 200_000)
    let journal = try bench.journal(sessions: keyed / 2, snapshot: true, keys: true)
    let withKeys = name(keyed) + ", \(Decimals.grouped(Double(keyed / 2))) keys"
    contenders.append(
      try Starting.daybook(withKeys, ["status", journal.name.text, "--journals", journal.root]))
    report.add(try await bench.interleave(contenders))
    for size in sizes {
      report.aim(name(size), .atMost(0.010), memory: .atMost(20e6))
    }
    for size in sizes { report.compare(name(size), with: "daybook --version") }
    for size in sizes.dropFirst() {
      report.compare(name(size), with: name(sizes[0]), goal: .atMost(1.1))
    }
    report.aim(withKeys, .atMost(0.010), memory: .atMost(20e6))
    report.compare(withKeys, with: name(sizes[0]), goal: .atMost(1.1))
    report.notes.append("files are in the cache; only the process is cold")
  }

  private static func name(_ events: Int) -> String {
    "\(Decimals.grouped(Double(events))) events"
  }
}
