import Discovery
import Glibc
import JournalEngine

/// A process that records random commands in one journal until it is killed, and says on standard
/// output what was acknowledged: see `Report`.
///
///     torture-writer ROOT PROFILE SEED NAME [COUNT]
@main
enum TortureWriter {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5, let seed = UInt64(arguments[3]),
      let profile = try? JournalName(arguments[2])
    else {
      Report.broken("usage: torture-writer ROOT PROFILE SEED NAME [COUNT]")
      exit(2)
    }
    let count = arguments.count > 5 ? Int(arguments[5]) ?? 0 : Int.max
    var work = Work(
      profiles: Profiles(root: arguments[1]), profile: profile, by: arguments[4],
      random: SeededGenerator(seed: seed))
    do {
      for _ in 0..<count { try work.step() }
    } catch {
      Report.broken("\(error)")
      exit(1)
    }
  }
}
