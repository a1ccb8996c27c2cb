extension Row {
  static let importing = Row(
    name: "import",
    summary: "daybook import of 50 old session files each of many profiles, warm"
  ) { bench, report in
    let unit = Unit.rate("files")
    let old = try bench.folder("old")
    let root = bench.path("imported")
    let profiles = bench.scale(quick: 10, normal: 1000)
    let paths = try OldFiles.make(bench, in: old, profiles: profiles, sessions: 50)
    let count = Double(paths.count)
    var reading = PlainRead()
    var contenders = [
      Contender("open, read, close of each", .limit, unit) {
        Sample(count / (try Timing.seconds { try reading.read(paths) }))
      },
      Contender("daybook", .ours, unit) {
        Folder.remove(root)
        return try rate(of: ["import", old, "--journals", root], count)
      },
      Contender("daybook, where nothing is new", .ours, unit) {
        try rate(of: ["import", old, "--journals", root], count)
      },
    ]
    if let python = Programs.tool("python3") {
      contenders.insert(
        Contender("python3, reading and sorting all", .peer, unit) {
          let ended = try Child([python, "-c", listing, old], output: .dropped).succeed()
          return Sample(count / ended.seconds, peakMemory: ended.peakMemory)
        }, at: 1)
    } else {
      report.notes.append("python3: not on this machine")
    }
    report.add(try await bench.interleave(contenders))
    report.aim("daybook", .atLeast(20_000))
    report.compare("daybook", with: "python3, reading and sorting all")
    report.compare("daybook", with: "open, read, close of each")
    report.notes.append(
      "daybook reads each file twice, and makes \(profiles) journals that are durable; python3 does"
        + " what the earlier services did to list them, and no more")
  }

  private static func rate(of arguments: [String], _ count: Double) throws -> Sample {
    let ended = try Child([try Programs.daybook] + arguments, output: .dropped).succeed()
    return Sample(count / ended.seconds, peakMemory: ended.peakMemory)
  }

  /// How the earlier services listed sessions: every file, newest first.
  private static let listing = """
    import json, pathlib, sys
    found = [json.load(open(path)) for path in pathlib.Path(sys.argv[1]).glob("*/sessions/*.json")]
    found.sort(key=lambda session: session["started_at"], reverse=True)
    """
}
