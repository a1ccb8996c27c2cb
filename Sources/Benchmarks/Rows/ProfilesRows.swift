internal import Discovery
internal import JournalEngine

extension Row {
  static let profilesWrite = Row(
    name: "profiles-write",
    summary: "write many profiles of 10 events each, one after the other, each durable"
  ) { bench, report in
    let unit = Unit.rate("profiles")
    let root = try bench.folder("profiles-write")
    let plain = try PlainFiles(bench.folder("profiles-plain"))
    let bytes = Array(try JournalData.lines(bench).prefix(10).joined())
    var events = SessionEvents(seed: bench.options.seed)
    var made = 0
    var files = 0
    let limit = Contender("open, write, fdatasync, fsync of the folder", .limit, unit) {
      try Timing.rate(for: bench.scale.window) {
        files += 1
        try plain.write(bytes, as: "plain-\(files)")
      }
    }
    var batches: [[DiscoveryEvent]] = []
    let ours = Contender("daybook", .ours, unit) {
      // Made before the time is taken, as those of the others are.
      while batches.count < 200 { batches.append(events.next(5)) }
      return try Timing.rate(for: bench.scale.window) {
        made += 1
        let batch = batches.popLast() ?? events.next(5)
        let writer = try JournalWriter<Profile>(JournalName("profile-\(made)"), in: root)
        try writer.decide(by: "bench") { _ in batch }
        try writer.close()
      }
    }
    var sqlite: [Contender] = []
    for peer in try bench.sqlite(.full, each: 10) {
      sqlite.append(
        Contender(peer.name, .peer, unit) {
          var sample = try await peer.run()
          sample.value /= 10
          return sample
        })
    }
    report.add(try await bench.interleaveSyncing([limit] + sqlite + [ours]))
    report.compare("daybook", with: limit.name, goal: .atLeast(0.9))
    report.compare("daybook", with: SQLite.name(.full))
    report.notes.append("\(made) profiles were made, the warm-up counted")
  }

  static let profilesStatus = Row(
    name: "profiles-status",
    summary: "open many profiles of 10 events each and take the status of each, warm"
  ) { bench, report in
    let counts = bench.scale(quick: [10, 20], normal: [20_000, 100_000])
    let unit = Unit.rate("profiles")
    let root = try ManyProfiles.make(bench, counts.last ?? 0)
    let profiles = Profiles(root: root)
    var reading = PlainRead()
    var contenders: [Contender] = []
    var names: [JournalName] = []
    for count in counts {
      names = try (0..<count).map { try JournalName(ManyProfiles.name($0)) }
      let paths = names.map { "\(root)/\($0.text)/00000000000000000001.ndjson" }
      let names = names
      contenders += [
        Contender("open, read, close of \(Decimals.grouped(Double(count)))", .limit, unit) {
          Sample(Double(count) / (try Timing.seconds { try reading.read(paths) }))
        },
        Contender("status of \(Decimals.grouped(Double(count)))", .ours, unit) {
          let seconds = try Timing.seconds {
            for name in names { keep(try profiles.state(of: name).state.status) }
          }
          return Sample(Double(count) / seconds)
        },
      ]
    }
    let halves = [names[..<(names.count / 2)], names[(names.count / 2)...]]
    let together = Contender(
      "status of \(Decimals.grouped(Double(names.count))), two tasks", .ours, unit
    ) { [names] in
      let start = ContinuousClock.now
      try await withThrowingTaskGroup(of: Void.self) { group in
        for half in halves {
          group.addTask {
            for name in half { keep(try profiles.state(of: name).state.status) }
          }
        }
        try await group.waitForAll()
      }
      return Sample(Double(names.count) / (ContinuousClock.now - start).seconds)
    }
    report.add(try await bench.interleave(contenders + [together]))
    for place in stride(from: 0, to: contenders.count - 1, by: 2) {
      report.compare(
        contenders[place + 1].name, with: contenders[place].name, goal: .atLeast(0.7))
    }
    if contenders.count == 4 {
      report.compare(contenders[3].name, with: contenders[1].name, goal: .atLeast(0.9))
      report.compare(together.name, with: contenders[2].name)
      report.compare(together.name, with: contenders[3].name)
    }
  }

  static let profilesOne = Row(
    name: "profiles-one",
    summary: "daybook status of one of many profiles in a new process, beside one of one"
  ) { bench, report in
    let count = bench.scale(quick: 30, normal: 100_000)
    let root = try ManyProfiles.make(bench, count)
    let alone = try bench.folder("profiles-alone")
    try bench.make(JournalName("harbor"), in: alone, sessions: 5, snapshot: false)
    let one = "one of one"
    let many = "one of \(Decimals.grouped(Double(count)))"
    report.add(
      try await bench.interleave([
        Starting.daybook(one, ["status", "harbor", "--journals", alone]),
        Starting.daybook(
          many, ["status", ManyProfiles.name(count / 2), "--journals", root]),
      ]))
    report.compare(many, with: one, goal: .atMost(1.1))
  }
}
