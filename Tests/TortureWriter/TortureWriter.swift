import Discovery
import Glibc
import JournalEngine

/// A process that works on one journal until it is killed, and says on standard output what it was
/// told: see `Report`.
///
///     torture-writer ROLE ROOT PROFILE SEED NAME [COUNT]
///
/// The roles: `append` records random commands, and `write` does so with small segments and frequent
/// snapshots; `compact` snapshots, tidies up and prunes; `read` compares what snapshots give with
/// what the entries do; `follow` is told of every entry.
@main
enum TortureWriter {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count >= 6, let seed = UInt64(arguments[4]),
      let profile = try? JournalName(arguments[3])
    else {
      Report.broken("usage: torture-writer ROLE ROOT PROFILE SEED NAME [COUNT]")
      exit(2)
    }
    let count = arguments.count > 6 ? Int(arguments[6]) ?? 0 : Int.max
    let random = SeededGenerator(seed: seed)
    do {
      switch arguments[1] {
      case "append", "write":
        let options = arguments[1] == "write" ? Work.busy : WriteOptions()
        var work = Work(
          profiles: Profiles(root: arguments[2], options: options), profile: profile,
          by: arguments[5], random: random)
        for _ in 0..<count { try work.step() }
      case "compact":
        var compacting = Compacting(root: arguments[2], profile: profile, random: random)
        for _ in 0..<count { try compacting.step() }
      case "read":
        var reading = Reading(root: arguments[2], profile: profile, random: random)
        for _ in 0..<count { try reading.step() }
      case "follow":
        try await Following(root: arguments[2], profile: profile).run()
      default:
        Report.broken("there is no role \(arguments[1])")
        exit(2)
      }
    } catch {
      Report.broken("\(error)")
      exit(1)
    }
  }
}
