/// Programs that are started, run and end. The median of ten times is one run, or of as many as
/// half a second has room for.
enum Starting {
  static func contender(
    _ name: String, _ role: Contender.Role, _ command: [String]
  ) -> Contender {
    Contender(name, role, .seconds) {
      var runs: [Child.Ended] = []
      while runs.count < 10, runs.reduce(0, { $0 + $1.seconds }) < 0.5 {
        runs.append(try Child(command, output: .dropped).succeed())
      }
      let peak = Spread(runs.map(\.peakMemory))?.highest
      return Sample(Spread(runs.map(\.seconds))?.median ?? 0, peakMemory: peak)
    }
  }

  static func daybook(_ name: String, _ arguments: [String]) throws -> Contender {
    contender(name, .ours, [try Programs.daybook] + arguments)
  }

  /// What starting a process costs at all.
  static func nothing() throws -> [Contender] {
    let version = try daybook("daybook --version", ["--version"])
    guard let nothing = Programs.tool("true") else { return [version] }
    return [contender("true", .limit, [nothing]), version]
  }
}
