internal import Discovery
internal import JournalEngine

extension Row {
  static let start = Row(
    name: "start",
    summary: "daybook status PROFILE of a small journal in a new process"
  ) { bench, report in
    let root = try bench.folder("start")
    let profile = try JournalName("harbor")
    try bench.make(profile, in: root, sessions: 5, snapshot: false)
    var contenders = try Starting.nothing()
    if let git = Programs.tool("git") {
      contenders.append(Starting.contender("git --version", .peer, [git, "--version"]))
    } else {
      report.notes.append("git: not on this machine")
    }
    contenders.append(
      try Starting.daybook("daybook status", ["status", profile.text, "--journals", root]))
    report.add(try await bench.interleave(contenders))
    report.aim("daybook status", .atMost(0.005))
    report.compare("daybook status", with: "true")
    report.compare("daybook status", with: "git --version")
    report.compare("daybook status", with: "daybook --version")
  }
}
